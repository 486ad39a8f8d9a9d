package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.gnome.gio.Cancellable;
import org.gnome.gio.InetSocketAddress;
import org.gnome.gio.SocketAddress;
import org.gnome.gio.SocketConnection;
import org.gnome.gio.SocketListener;
import org.gnome.gio.SocketProtocol;
import org.gnome.gio.SocketType;
import org.javagi.base.GErrorException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.StubPool;
import org.nettyglib.loop.LoopFixture;

/** A loop that ends while operations are under way. */
class GioShutdownTest {
    private final int stubs = StubPool.used();
    private final int connected = CancelledSignal.connected();

    /** Accepts connections on a port where nobody comes. */
    private static SocketListener listener() throws GErrorException {
        SocketListener listener = new SocketListener();
        SocketAddress anyPort = InetSocketAddress.fromString("127.0.0.1", 0);
        listener.addAddress(anyPort, SocketType.STREAM, SocketProtocol.TCP, null, null);
        return listener;
    }

    private static GioFuture<SocketConnection> accept(GioLoop loop, SocketListener listener, AtomicInteger finished) {
        return GioFutures.start(loop.loop(), listener::acceptAsync, result -> {
            finished.incrementAndGet();
            return listener.acceptFinish(result, null);
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelWhatReallyWaitsAndFinishIt(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        SocketListener listener = listener();
        AtomicInteger finished = new AtomicInteger();
        List<GioFuture<SocketConnection>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            futures.add(accept(loop, listener, finished));
        }
        loop.run(() -> {});
        assertThat(futures).noneMatch(Future::isDone);
        loop.close();
        assertThat(futures).allMatch(Future::isCancelled);
        assertThat(finished).as("how often finish was called").hasValue(20);
        assertThat(StubPool.used()).as("function pointers in use").isEqualTo(stubs);
        listener.close();
    }

    /** The result comes after the cancellation, and the loop waits for it. */
    @ParameterizedTest
    @EnumSource
    void shouldWaitForWhatEndsLater(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        TestOperation operation = TestOperation.deaf();
        Cancellable parent = new Cancellable();
        GioFuture<Long> future = GioFutures.start(loop.loop(), parent, operation, operation);
        operation.task();
        Thread later = Thread.ofPlatform().start(() -> {
            try {
                Await.done(future);
                operation.end(7);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        loop.close();
        later.join();
        assertThat(future.isCancelled()).isTrue();
        operation.assertCounts(1, 1, 1);
        assertThat(CancelledSignal.connected()).isEqualTo(connected);
        assertThat(StubPool.used()).isEqualTo(stubs);
    }

    /** Its future is done all the same, and the loop ends. */
    @ParameterizedTest
    @EnumSource
    void shouldNotWaitLongerThanTheTimeout(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        TestOperation never = TestOperation.deaf();
        Cancellable parent = new Cancellable();
        GioFuture<Long> future = GioFutures.start(loop.loop(), parent, never, never);
        never.task();
        loop.loop().parent().shutdownGracefully(0, 50, TimeUnit.MILLISECONDS);
        assertThat(loop.loop().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(future.isCancelled()).isTrue();
        never.assertCounts(1, 0, 0);
        assertThat(CancelledSignal.connected()).isEqualTo(connected);
        loop.close();
    }

    /** As where the main loop of a user interface goes on without Netty. */
    @ParameterizedTest
    @EnumSource(names = "ATTACHED")
    void shouldTakeAResultThatComesWhenTheLoopHasEnded(GioLoopKind kind) throws Exception {
        try (GioLoop loop = kind.open()) {
            TestOperation operation = TestOperation.deaf();
            GioFuture<Long> future = GioFutures.start(loop.loop(), operation, operation);
            operation.task();
            loop.loop().parent().shutdownGracefully(0, 50, TimeUnit.MILLISECONDS);
            assertThat(loop.loop().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(future.isCancelled()).isTrue();
            operation.assertCounts(1, 0, 0);
            operation.end(7);
            Await.until(() -> operation.released.get() == 1, () -> "the late result is released");
            operation.assertCounts(1, 1, 1);
            assertThat(StubPool.used()).isEqualTo(stubs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetAListenerOfACancellationTryTheNextOne(GioLoopKind kind) throws Exception {
        GioLoop loop = kind.open();
        TestOperation operation = new TestOperation();
        TestOperation next = new TestOperation();
        AtomicReference<GioFuture<Long>> second = new AtomicReference<>();
        GioFuture<Long> future = GioFutures.start(loop.loop(), operation, operation);
        operation.task();
        future.addListener(done -> {
            second.set(GioFutures.start(loop.loop(), next, next));
            operation.end(7);
        });
        loop.close();
        assertThat(future.isCancelled()).isTrue();
        assertThat(Await.failure(second.get())).isInstanceOf(RejectedExecutionException.class);
        operation.assertCounts(1, 1, 0);
        next.assertNeverBegun();
    }
}
