package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.gnome.glib.GLib;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.StubPool;

/** What {@code begin} and {@code finish} do right and wrong, and what becomes of the future. */
@ParameterizedClass
@EnumSource
class GioFuturesBeginTest {
    private final GioLoop loop;
    private final int stubs = StubPool.used();

    GioFuturesBeginTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        assertThat(loop.underWay()).as("operations that are under way").isZero();
        loop.close();
        assertThat(StubPool.used()).as("function pointers in use").isEqualTo(stubs);
    }

    private <T> GioFuture<T> start(GioBegin begin, GioFinish<T> finish) {
        return GioFutures.start(loop.loop(), begin, finish);
    }

    private static Throwable thrown(boolean checked) {
        return checked ? new IOException("100%s%n%") : new StackOverflowError("100%s%n%");
    }

    @SuppressWarnings("unchecked") // no cast takes place
    private static <T extends Throwable> void sneakyThrow(Throwable t) throws T {
        throw (T) t;
    }

    /** Nobody but the asker holds the cancellable any more. */
    private static void assertReleased(Cancellable cancellable) throws InterruptedException {
        Await.until(() -> References.of(cancellable) == 1, () -> References.of(cancellable) + " references");
    }

    @Test
    void shouldSucceedWithWhatFinishReturns() throws Exception {
        TestOperation operation = new TestOperation();
        GioFuture<Long> future = start(operation, operation);
        operation.end(42);
        assertThat(Await.success(future)).isEqualTo(42);
        operation.assertCounts(1, 1, 0);
        assertReleased(future.cancellable());
    }

    @SuppressWarnings("NullAway")
    @Test
    void shouldSucceedWithNull() throws Exception {
        TestOperation operation = new TestOperation();
        GioFuture<Void> future = start(operation, result -> null);
        operation.end(1);
        assertThat(Await.success(future)).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWithWhatBeginThrowsBeforeItHandsTheCallbackOn(boolean checked) throws Exception {
        TestOperation never = new TestOperation();
        Throwable cause = thrown(checked);
        GioFuture<Long> future = start((cancellable, ready) -> sneakyThrow(cause), never);
        assertThat(Await.failure(future)).isSameAs(cause);
        never.assertCounts(0, 0, 0);
        assertReleased(future.cancellable());
    }

    /** GIO has the callback, and will call it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWithWhatBeginThrowsAfterItHandedTheCallbackOn(boolean checked) throws Exception {
        TestOperation operation = TestOperation.deaf();
        Throwable cause = thrown(checked);
        GioFuture<Long> future = start(
                (cancellable, ready) -> {
                    operation.begin(cancellable, ready);
                    sneakyThrow(cause);
                },
                operation);
        assertThat(Await.failure(future)).isSameAs(cause);
        assertThat(future.cancellable().isCancelled())
                .as("the operation is cancelled")
                .isTrue();
        operation.end(42);
        Await.until(() -> operation.released.get() == 1, () -> "the late result is released");
        operation.assertCounts(1, 1, 1);
        assertReleased(future.cancellable());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailWithWhatFinishThrows(boolean checked) throws Exception {
        TestOperation operation = new TestOperation();
        Throwable cause = thrown(checked);
        GioFuture<Long> future = start(operation, result -> {
            operation.finish(result);
            sneakyThrow(cause);
            return 1L;
        });
        operation.end(42);
        assertThat(Await.failure(future)).isSameAs(cause);
        assertReleased(future.cancellable());
    }

    @Test
    void shouldKeepDomainCodeAndMessageOfAnError() throws Exception {
        TestOperation operation = new TestOperation();
        GioFuture<Long> future = start(operation, operation);
        // The code of a cancellation, in another domain.
        operation
                .task()
                .fail(GLib.quarkFromString("test-of-gio-futures"), LibGio.G_IO_ERROR_CANCELLED, "100%s%n% of it");
        assertThat(Await.failure(future)).isInstanceOfSatisfying(GErrorException.class, error -> {
            assertThat(GLib.quarkToString(error.getDomain())).isEqualTo("test-of-gio-futures");
            assertThat(error.getCode()).isEqualTo(LibGio.G_IO_ERROR_CANCELLED);
            assertThat(error).hasMessage("100%s%n% of it");
        });
        assertThat(future.isCancelled()).isFalse();
    }

    @Test
    void shouldTakeGIOsCancellationForACancellation() throws Exception {
        TestOperation operation = new TestOperation();
        GioFuture<Long> future = start(operation, operation);
        operation.task().fail(GLib.quarkFromString("g-io-error-quark"), LibGio.G_IO_ERROR_CANCELLED, "enough");
        Await.done(future);
        assertThat(future.isCancelled()).isTrue();
        operation.assertCounts(1, 1, 0);
    }

    @Test
    void shouldFailIfBeginHandsTheCallbackToNobody() throws Exception {
        AtomicReference<AsyncReadyCallback> kept = new AtomicReference<>();
        TestOperation never = new TestOperation();
        GioFuture<Long> future = start((cancellable, ready) -> kept.set(ready), never);
        assertThat(Await.failure(future))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without handing its AsyncReadyCallback");
        assertReleased(future.cancellable());
        // Its function pointer may be another operation's by now.
        assertThatIllegalStateException().isThrownBy(() -> kept.get().toCallback(Arena.global()));
        never.assertNeverBegun();
    }

    @Test
    void shouldFailIfBeginHandsTheCallbackOnTwice() throws Exception {
        TestOperation operation = new TestOperation();
        GioFuture<Long> future = start(
                (cancellable, ready) -> {
                    operation.begin(cancellable, ready);
                    ready.toCallback(Arena.global());
                },
                operation);
        assertThat(Await.failure(future))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
        operation.end(42);
        Await.until(() -> operation.finished.get() == 1, () -> "the operation is finished");
        loop.run(() -> {});
    }

    /** As a callback of one's own does, which calls the one that was handed over. */
    @Test
    void shouldSucceedIfBeginCallsTheCallbackItself() throws Exception {
        TestOperation inner = new TestOperation();
        CompletableFuture<GioFuture<Long>> outer = new CompletableFuture<>();
        GioFuture<Long> first = start(inner, result -> {
            // A result is at hand here.
            GioFuture<Long> future = start((cancellable, ready) -> ready.run(null, result, null), inner);
            outer.complete(future);
            return 1L;
        });
        inner.end(42);
        assertThat(Await.success(first)).isEqualTo(1);
        assertThat(Await.success(outer.get())).isEqualTo(42);
    }

    @Test
    void shouldFailIfBeginCallsTheCallbackTwice() throws Exception {
        TestOperation inner = new TestOperation();
        CompletableFuture<GioFuture<Long>> outer = new CompletableFuture<>();
        GioFuture<Long> first = start(inner, result -> {
            outer.complete(start(
                    (cancellable, ready) -> {
                        ready.run(null, result, null);
                        ready.run(null, result, null);
                    },
                    inner));
            return 1L;
        });
        inner.end(42);
        assertThat(Await.success(first)).isEqualTo(1);
        assertThat(Await.failure(outer.get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
        loop.run(() -> {});
        loop.run(() -> {});
        assertThat(inner.finished).hasValue(1);
    }

    @Test
    void shouldSayThatAResultIsOver() throws Exception {
        TestOperation operation = new TestOperation();
        AtomicReference<AsyncResult> kept = new AtomicReference<>();
        GioFuture<Long> future = start(operation, result -> {
            kept.set(result);
            return operation.finish(result);
        });
        operation.end(42);
        assertThat(Await.success(future)).isEqualTo(42);
        assertThatIllegalStateException()
                .isThrownBy(() -> kept.get().handle())
                .withMessageContaining("inside GioFinish.finish");
    }

    @SuppressWarnings("NullAway")
    @Test
    void shouldRefuseNull() {
        TestOperation operation = new TestOperation();
        assertThatNullPointerException().isThrownBy(() -> start(null, operation));
        assertThatNullPointerException().isThrownBy(() -> start(operation, null));
        assertThatNullPointerException().isThrownBy(() -> GioFutures.start(null, operation, operation));
        assertThatNullPointerException().isThrownBy(() -> GioFutures.start(loop.loop(), null, operation, operation));
    }
}
