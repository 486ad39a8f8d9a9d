package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.BlockingOperationException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.Cancellable;
import org.gnome.glib.MainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;
import org.nettyglib.loop.LoopFixture;

/** Event loops that take no operation: others than GLib's, and those that have ended; and one that nobody runs yet. */
class GioFuturesLoopTest {
    private final TestOperation operation = new TestOperation();

    private void assertRefused(EventLoop loop) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GioFutures.start(loop, operation, operation))
                .withMessageContaining(loop.getClass().getName())
                .withMessageContaining("GLibEventLoopGroup");
        operation.assertNeverBegun();
    }

    private static EventLoop ended(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        loop.run(() -> {});
        loop.close();
        return loop.loop();
    }

    @Test
    void shouldRefuseALoopThatIsNoGLibLoop() throws Exception {
        DefaultEventLoop loop = new DefaultEventLoop();
        assertRefused(loop);
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        assertRefused(loop);
    }

    @Test
    void shouldRefuseALoopThatWaitsOtherwise() throws Exception {
        MultiThreadIoEventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        assertRefused(nio.next());
        nio.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailOnALoopThatHasEnded(GioLoopKind kind) throws Exception {
        EventLoop loop = ended(kind);
        GioFuture<Long> future = GioFutures.start(loop, operation, operation);
        assertThat(Await.failure(future)).isInstanceOf(RejectedExecutionException.class);
        operation.assertNeverBegun();
    }

    /** Whose thread cannot tell them any more. */
    @ParameterizedTest
    @EnumSource
    void shouldTellItsListenersAlsoWhenTheLoopHasEnded(GioLoopKind kind) throws Exception {
        EventLoop loop = ended(kind);
        GioFuture<Long> future = GioFutures.start(loop, operation, operation);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        future.addListener(done -> told.complete(done.cause()));
        assertThat(told.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(future.toCompletionStage().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(LoopFixture.TIMEOUT_SECONDS))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailOnALoopThatHasEndedAlsoWithAParentAndADeadline(GioLoopKind kind) throws Exception {
        EventLoop loop = ended(kind);
        Cancellable parent = new Cancellable();
        int connected = CancelledSignal.connected();
        GioFuture<Long> future =
                GioFutures.start(loop, parent, operation, operation).withTimeout(Duration.ofSeconds(1));
        assertThat(Await.failure(future)).isInstanceOf(RejectedExecutionException.class);
        assertThat(CancelledSignal.connected()).isEqualTo(connected);
        operation.assertNeverBegun();
    }

    /** Netty calls such a listener on a thread on which the end of the loop was noted before. */
    @ParameterizedTest
    @EnumSource
    void shouldFailInAListenerOfTheLoopsEnd(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        CompletableFuture<GioFuture<Long>> started = new CompletableFuture<>();
        TestOperation first = new TestOperation();
        GioFuture<Long> before = GioFutures.start(loop.loop(), first, first);
        first.end(7);
        assertThat(Await.success(before)).isEqualTo(7);
        loop.loop().terminationFuture().addListener(ended -> {
            try {
                started.complete(GioFutures.start(loop.loop(), operation, operation));
            } catch (Throwable t) {
                started.completeExceptionally(t);
            }
        });
        loop.close();
        GioFuture<Long> future = started.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(Await.failure(future)).isInstanceOf(RejectedExecutionException.class);
        operation.assertNeverBegun();
    }

    /** The loop still runs its tasks then. */
    @ParameterizedTest
    @EnumSource
    void shouldFailOnALoopThatShutsDown(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        CompletableFuture<GioFuture<Long>> started = new CompletableFuture<>();
        loop.loop().execute(() -> {
            loop.loop().shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            started.complete(GioFutures.start(loop.loop(), operation, operation));
        });
        GioFuture<Long> future = started.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(Await.failure(future)).isInstanceOf(RejectedExecutionException.class);
        operation.assertNeverBegun();
        loop.close();
    }

    /** The owner prepares its user interface before it runs the main loop. */
    @Test
    void shouldStartOnTheThreadThatWasNamedBeforeItsMainLoopRuns() throws Exception {
        MainContext context = new MainContext();
        GLibLoopOptions options = GLibLoopOptions.defaults().owner(Thread.currentThread());
        try (LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(context, options))) {
            GioFuture<Long> future = GioFutures.start(fixture.loop(), operation, operation);
            assertThatExceptionOfType(BlockingOperationException.class).isThrownBy(future::sync);
            while (operation.begun.get() == 0) {
                context.iteration(true);
            }
            operation.end(7);
            while (!future.isDone()) {
                context.iteration(true);
            }
            assertThat(future.getNow()).isEqualTo(7);
            operation.assertCounts(1, 1, 0);
        }
    }
}
