package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;

/** What a {@link GioFuture} can do beyond Netty's. */
@ParameterizedClass
@EnumSource
class GioFutureTest {
    private final GioLoop loop;
    private final TestOperation operation = TestOperation.deaf();

    GioFutureTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        loop.close();
    }

    private GioFuture<Long> start() {
        return GioFutures.start(loop.loop(), operation, operation);
    }

    /** Ends the operation, whose result nobody wants any more. */
    private void endTooLate() throws Exception {
        operation.end(7);
        Await.until(() -> operation.released.get() == 1, () -> "the late result is released");
        operation.assertCounts(1, 1, 1);
    }

    @Test
    void shouldCompleteItsStageWithTheResult() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Long> stage = start().toCompletionStage().toCompletableFuture();
        CompletableFuture<Long> next = stage.thenApply(result -> {
            thread.complete(Thread.currentThread());
            return result + 1;
        });
        operation.end(7);
        assertThat(next.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(8);
        assertThat(stage).isCompletedWithValue(7L);
        assertThat(thread.get()).isSameAs(loop.call(Thread::currentThread));
    }

    @Test
    void shouldCompleteItsStageWithTheFailure() {
        IOException cause = new IOException("thrown by a test");
        GioFuture<Long> future = GioFutures.start(
                loop.loop(),
                (cancellable, ready) -> {
                    throw cause;
                },
                operation);
        CompletableFuture<Long> stage = future.toCompletionStage().toCompletableFuture();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> stage.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .havingCause()
                .isSameAs(cause);
    }

    @Test
    void shouldCancelItsStage() throws Exception {
        GioFuture<Long> future = start();
        operation.task();
        CompletableFuture<Long> stage = future.toCompletionStage().toCompletableFuture();
        assertThat(future.cancel(false)).isTrue();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> stage.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        assertThat(stage.isCancelled()).isTrue();
        endTooLate();
    }

    @Test
    void shouldBeCancelledByItsStage() throws Exception {
        GioFuture<Long> future = start();
        operation.task();
        CompletableFuture<Long> stage = future.toCompletionStage().toCompletableFuture();
        assertThat(stage.cancel(true)).isTrue();
        assertThat(future.isCancelled()).isTrue();
        Await.until(future.cancellable()::isCancelled, () -> "the operation is cancelled");
        endTooLate();
    }

    @Test
    void shouldLeaveTheOperationAloneWhenWhatDependsOnItsStageIsCancelled() throws Exception {
        GioFuture<Long> future = start();
        CompletableFuture<Long> next =
                future.toCompletionStage().toCompletableFuture().thenApply(result -> result + 1);
        assertThat(next.cancel(true)).isTrue();
        assertThat(future.isDone()).isFalse();
        operation.end(7);
        assertThat(Await.success(future)).isEqualTo(7);
    }

    @Test
    void shouldFailWhenTheTimeIsOver() throws Exception {
        GioFuture<Long> future = start().withTimeout(Duration.ofMillis(20));
        assertThat(Await.failure(future))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining(Duration.ofMillis(20).toString());
        assertThat(future.isCancelled()).isFalse();
        Await.until(future.cancellable()::isCancelled, () -> "the operation is cancelled");
        endTooLate();
    }

    @Test
    void shouldHeedTheFirstOfSeveralDeadlines() throws Exception {
        GioFuture<Long> future = start().withTimeout(Duration.ofHours(1))
                .withTimeout(Duration.ofMillis(20))
                .withTimeout(Duration.ofHours(2));
        assertThat(Await.failure(future))
                .hasMessageContaining(Duration.ofMillis(20).toString());
        endTooLate();
    }

    @Test
    void shouldForgetItsDeadlineWhenItIsDone() throws Exception {
        GioFuture<Long> future = start().withTimeout(Duration.ofHours(1));
        operation.end(7);
        assertThat(Await.success(future)).isEqualTo(7);
        assertThat(future.withTimeout(Duration.ofNanos(1)).getNow()).isEqualTo(7);
        loop.run(() -> {});
        assertThat(future.isSuccess()).isTrue();
    }

    @Test
    void shouldTakeAnyTimeThatIsMoreThanNone() throws Exception {
        GioFuture<Long> future = start();
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-400 * 365)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> future.withTimeout(timeout))
                    .withMessageContaining("timeout");
        }
        assertThat(future.withTimeout(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(future);
        operation.end(7);
        assertThat(Await.success(future)).isEqualTo(7);
    }

    @Test
    void shouldAlwaysHaveTheSameCancellable() throws Exception {
        GioFuture<Long> future = start();
        assertThat(future.cancellable()).isSameAs(future.cancellable());
        operation.end(7);
        Await.success(future);
        assertThat(future.cancellable()).isSameAs(future.cancellable());
        assertThat(future.cancellable().isCancelled()).isFalse();
    }

    @Test
    void shouldSayThatItWasCancelledWhoeverAsksLater() throws Exception {
        GioFuture<Long> future = GioFutures.start(loop.loop(), operation, operation);
        operation.task();
        future.cancel(false);
        endTooLate();
        loop.run(() -> {});
        assertThat(future.cancellable().isCancelled()).isTrue();
    }

    @Test
    void shouldTellItsListenersAsNettysFuturesDo() throws Exception {
        CountDownLatch told = new CountDownLatch(3);
        AtomicInteger removed = new AtomicInteger();
        GenericFutureListener<Future<Long>> listener = done -> told.countDown();
        GenericFutureListener<Future<Long>> other = done -> removed.incrementAndGet();
        GioFuture<Long> future = start();
        assertThat(future.addListener(other).removeListener(other)).isSameAs(future);
        assertThat(future.addListeners(listener, listener, listener)).isSameAs(future);
        assertThat(future.addListeners(other, other).removeListeners(other, other))
                .isSameAs(future);
        operation.end(7);
        assertThat(told.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        loop.run(() -> {});
        assertThat(removed).hasValue(0);
    }

    @Test
    void shouldGoOnWhenAListenerThrows() throws Exception {
        GioFuture<Long> future = start().addListener(done -> {
            throw new StackOverflowError("thrown by a test: 100%s%n%");
        });
        CompletableFuture<Long> second = new CompletableFuture<>();
        future.addListener((Future<Long> done) -> second.complete(done.getNow()));
        operation.end(7);
        assertThat(second.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo(7);
    }
}
