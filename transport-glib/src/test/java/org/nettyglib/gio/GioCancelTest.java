package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.StubPool;

/** A cancellation in each way and at each time has one outcome. */
@ParameterizedClass
@EnumSource
class GioCancelTest {
    private final GioLoop loop;
    private final Cancellable parent = new Cancellable();
    private final TestOperation operation = new TestOperation();
    private final TestOperation deaf = TestOperation.deaf();
    private final AtomicInteger told = new AtomicInteger();
    private final int stubs = StubPool.used();
    private final int connected = CancelledSignal.connected();

    GioCancelTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        assertThat(loop.underWay()).as("operations that are under way").isZero();
        loop.close();
        assertThat(StubPool.used()).as("function pointers in use").isEqualTo(stubs);
        assertThat(CancelledSignal.connected()).as("signal handlers").isEqualTo(connected);
    }

    private GioFuture<Long> start(TestOperation operation) {
        return GioFutures.start(loop.loop(), parent, operation, operation).addListener(done -> told.incrementAndGet());
    }

    /** The loop does nothing else until this is counted down. */
    private CountDownLatch block() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        loop.loop().execute(() -> {
            blocked.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        blocked.await();
        return released;
    }

    private void assertCancelled(GioFuture<Long> future) throws Exception {
        Await.done(future);
        assertThat(future.isCancelled()).isTrue();
        assertThat(future.cancel(false)).as("it can be cancelled again").isFalse();
        loop.run(() -> {});
        loop.run(() -> {});
        assertThat(told).as("how often its listener was told").hasValue(1);
    }

    private void awaitFinished(TestOperation operation) throws Exception {
        Await.until(() -> operation.finished.get() > 0, () -> "the operation is finished");
        loop.run(() -> {});
    }

    // Before the start

    @Test
    void shouldNotBeginWhatWasCancelledBefore() throws Exception {
        CountDownLatch blocked = block();
        GioFuture<Long> future = start(operation);
        assertThat(future.cancel(false)).isTrue();
        blocked.countDown();
        assertCancelled(future);
        operation.assertNeverBegun();
    }

    @Test
    void shouldNotBeginWhatItsParentCancelledBefore() throws Exception {
        parent.cancel();
        GioFuture<Long> future = start(operation);
        assertCancelled(future);
        operation.assertNeverBegun();
    }

    @Test
    void shouldNotBeginWhatItsParentCancelledWhileItWaitedForTheLoop() throws Exception {
        CountDownLatch blocked = block();
        GioFuture<Long> future = start(operation);
        parent.cancel();
        blocked.countDown();
        assertCancelled(future);
        operation.assertNeverBegun();
    }

    /** GIO answers with its own error. */
    @Test
    void shouldEndWhatItsOwnCancellableCancelledBefore() throws Exception {
        CountDownLatch blocked = block();
        GioFuture<Long> future = start(operation);
        future.cancellable().cancel();
        blocked.countDown();
        operation.end(7);
        assertCancelled(future);
        operation.assertCounts(1, 1, 0);
    }

    // While it runs

    @Test
    void shouldBeCancelledByAnotherThread() throws Exception {
        GioFuture<Long> future = start(operation);
        operation.task();
        assertThat(future.cancel(false)).isTrue();
        assertCancelled(future);
        assertThat(future.cancellable().isCancelled()).isTrue();
        operation.assertCounts(1, 0, 0);
        operation.end(7);
        awaitFinished(operation);
        operation.assertCounts(1, 1, 0);
        assertThat(told).hasValue(1);
    }

    @Test
    void shouldBeCancelledByTheLoopsThread() throws Exception {
        GioFuture<Long> future = loop.call(() -> {
            GioFuture<Long> started = start(operation);
            assertThat(started.cancel(false)).isTrue();
            return started;
        });
        assertCancelled(future);
        operation.end(7);
        awaitFinished(operation);
        operation.assertCounts(1, 1, 0);
    }

    @Test
    void shouldBeCancelledByItsCancellable() throws Exception {
        GioFuture<Long> future = start(operation);
        operation.task();
        future.cancellable().cancel();
        operation.end(7);
        assertCancelled(future);
        operation.assertCounts(1, 1, 0);
        assertThat(parent.isCancelled()).as("the caller's is cancelled").isFalse();
    }

    /** At once, also if the operation never looks. */
    @Test
    void shouldBeCancelledByItsParentOnAnotherThread() throws Exception {
        GioFuture<Long> future = start(deaf);
        deaf.task();
        parent.cancel();
        assertCancelled(future);
        deaf.assertCounts(1, 0, 0);
        deaf.end(7);
        awaitFinished(deaf);
        deaf.assertCounts(1, 1, 1);
    }

    @Test
    void shouldBeCancelledByItsParentOnTheLoopsThread() throws Exception {
        GioFuture<Long> future = start(operation);
        operation.task();
        loop.run(parent::cancel);
        assertCancelled(future);
        operation.end(7);
        awaitFinished(operation);
        operation.assertCounts(1, 1, 0);
    }

    @Test
    void shouldLeaveItsParentAlone() throws Exception {
        GioFuture<Long> future = start(operation);
        GioFuture<Long> sibling = start(deaf);
        operation.task();
        future.cancel(false);
        operation.end(7);
        awaitFinished(operation);
        assertThat(parent.isCancelled()).isFalse();
        assertThat(sibling.isDone()).isFalse();
        deaf.end(8);
        assertThat(Await.success(sibling)).isEqualTo(8);
    }

    @Test
    void shouldBeCancelledByItsDeadline() throws Exception {
        GioFuture<Long> future = start(operation).withTimeout(Duration.ofMillis(10));
        assertThat(Await.failure(future)).isInstanceOf(TimeoutException.class);
        Await.until(future.cancellable()::isCancelled, () -> "the operation is cancelled");
        operation.end(7);
        awaitFinished(operation);
        operation.assertCounts(1, 1, 0);
        assertThat(told).hasValue(1);
    }

    // When it ends, and afterwards

    @Test
    void shouldReleaseTheResultOfWhatIsCancelledWhileItIsTaken() throws Exception {
        GioFuture<?>[] self = new GioFuture<?>[1];
        GioFuture<Long> future = loop.call(() -> {
            GioFuture<Long> started = GioFutures.start(loop.loop(), parent, deaf, new GioFinish<>() {
                @Override
                public Long finish(AsyncResult result) throws Exception {
                    long value = deaf.finish(result);
                    assertThat(self[0].cancel(false)).isTrue();
                    return value;
                }

                @Override
                public void release(Long late) {
                    deaf.release(late);
                }
            });
            self[0] = started;
            return started.addListener(done -> told.incrementAndGet());
        });
        deaf.end(7);
        assertCancelled(future);
        deaf.assertCounts(1, 1, 1);
    }

    @Test
    void shouldGoOnWhenReleaseThrows() throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        GioFuture<Long> future = GioFutures.start(loop.loop(), deaf, new GioFinish<>() {
            @Override
            public Long finish(AsyncResult result) throws Exception {
                return deaf.finish(result);
            }

            @Override
            public void release(Long late) {
                thrown.countDown();
                throw new AssertionError("thrown by a test: 100%s%n%");
            }
        });
        deaf.task();
        future.cancel(false);
        deaf.end(7);
        thrown.await();
        loop.run(() -> {});
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void shouldKeepItsResultWhenCancelledAfterwards() throws Exception {
        GioFuture<Long> future = start(deaf);
        deaf.end(7);
        assertThat(Await.success(future)).isEqualTo(7);
        assertThat(future.cancel(false)).isFalse();
        future.cancellable().cancel();
        parent.cancel();
        loop.run(() -> {});
        assertThat(future.isSuccess()).isTrue();
        assertThat(Objects.requireNonNull(future.getNow())).isEqualTo(7);
        deaf.assertCounts(1, 1, 0);
        assertThat(told).hasValue(1);
    }
}
