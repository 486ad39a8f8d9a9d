package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.OnceCallbacks;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

@ParameterizedClass
@EnumSource
class GLibFuturesTest {
    private static final int LOW = 300;

    private final LoopKind kind;
    private LoopFixture fixture;
    private int pendingBefore;

    GLibFuturesTest(LoopKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        pendingBefore = OnceCallbacks.pending();
        fixture = kind.open();
    }

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
        assertThat(OnceCallbacks.pending()).isEqualTo(pendingBefore);
    }

    private EventLoop loop() {
        return fixture.loop();
    }

    private static <T extends @Nullable Object> T get(Future<T> future) throws Exception {
        return future.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldWaitForATime() throws Exception {
        long start = System.nanoTime();

        get(GLibFutures.timeout(loop(), Duration.ofNanos(20_000_001)));

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(21));
    }

    @Test
    void shouldCompleteOnTheLoopsThread() throws Exception {
        Promise<Boolean> inLoop = loop().newPromise();

        boolean there = fixture.call(() -> GLibFutures.idle(loop()))
                .addListener(done -> inLoop.setSuccess(loop().inEventLoop()))
                .await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);

        assertThat(there).isTrue();
        assertThat(get(inLoop)).isTrue();
    }

    @Test
    void shouldFollowThePriority() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();

        List<Future<?>> futures = fixture.call(() -> List.of(
                GLibFutures.idle(loop(), LOW).addListener(done -> order.add("low")),
                GLibFutures.idle(loop()).addListener(done -> order.add("idle")),
                GLibFutures.timeout(loop(), Duration.ZERO).addListener(done -> order.add("default"))));
        for (Future<?> future : futures) {
            get(future);
        }

        // Who waits for a future goes on before its listeners are told.
        Await.until(() -> order.size() == futures.size(), () -> "all are told, but there is " + order);
        assertThat(order).containsExactly("default", "idle", "low");
    }

    @Test
    void shouldDestroyTheSourceOfACancelledFuture() throws Exception {
        Future<?> future = GLibFutures.timeout(loop(), Duration.ofDays(1));
        Await.until(() -> OnceCallbacks.pending() == pendingBefore + 1, () -> "the source is attached");

        assertThat(future.cancel(false)).isTrue();

        Await.until(() -> OnceCallbacks.pending() == pendingBefore, () -> "the source is destroyed");
        assertThat(fixture.loop().registeredChannels()).isZero();
    }

    @Test
    void shouldTellHowAChildHasEnded() throws Throwable {
        assertThat(get(GLibFutures.childExited(loop(), SpawnedChild.sh("exit 7")))
                        .code())
                .hasValue(7);
        assertThat(get(GLibFutures.childExited(loop(), SpawnedChild.sh("kill -TERM $$")))
                        .signal())
                .hasValue(15);
    }

    @Test
    void shouldTellOfAChildThatHasEndedBefore() throws Throwable {
        long pid = SpawnedChild.sh("exit 0");
        Await.until(() -> isZombie(pid), () -> "the child has ended");

        assertThat(get(GLibFutures.childExited(loop(), pid)).isSuccess()).isTrue();
        assertThat(ProcessHandle.of(pid)).as("reaped").isEmpty();
    }

    @Test
    void shouldRefuseAProcessThatIsNoChild() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GLibFutures.childExited(loop(), 1))
                .withMessageContaining("no child");
    }

    @Test
    void shouldRefuseADelayThatGLibCannotWait() {
        assertThatIllegalArgumentException().isThrownBy(() -> GLibFutures.timeout(loop(), Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> GLibFutures.timeout(loop(), Duration.ofDays(50)));
    }

    @Test
    void shouldRefuseALoopOfAnotherKind() {
        EventLoop other = new DefaultEventLoop();
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GLibFutures.idle(other))
                    .withMessageContaining("GLibEventLoopGroup");
        } finally {
            other.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldBeCancelledByTheEndOfTheLoop() throws Exception {
        EventLoop loop = loop();
        Future<?> future = fixture.call(() -> GLibFutures.timeout(loop, Duration.ofDays(1)));

        fixture.group().shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);

        assertThat(future.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(future.isCancelled()).isTrue();
        assertThat(fixture.group().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThatThrownBy(() -> get(GLibFutures.idle(loop))).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    /** By field 3 of proc(5), which follows the only bracket. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
