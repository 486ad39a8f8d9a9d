package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.Cancellable;
import org.gnome.glib.GLib;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.StubPool;
import org.nettyglib.loop.LoopFixture;

/** Operations that this library starts itself: one function pointer for all, and a token for each. */
@ParameterizedClass
@EnumSource
class GioNativeTest {
    private final GioLoop loop;
    private final int stubs = StubPool.used();
    private final int pending = AsyncReady.pending();
    private final CompletableFuture<RawTask> task = new CompletableFuture<>();
    private final AtomicInteger finished = new AtomicInteger();

    GioNativeTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        assertThat(loop.underWay()).as("operations that are under way").isZero();
        loop.close();
        Await.until(() -> AsyncReady.pending() <= pending, () -> "no callback to come, but " + AsyncReady.pending());
        assertThat(StubPool.used()).as("function pointers in use").isEqualTo(stubs);
    }

    private void begin(long cancellable, long callback, long userData) {
        task.complete(RawTask.begin(cancellable, callback, userData, false));
    }

    private long finish(long source, long result) throws GErrorException {
        finished.incrementAndGet();
        assertThat(source).isZero();
        return RawTask.take(result);
    }

    private RawTask begun() throws Exception {
        return task.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldSucceedWithTheResult() throws Exception {
        GioFuture<Long> future = GioOperation.startNative(loop.loop(), this::begin, this::finish);
        begun().end(7);
        assertThat(Await.success(future)).isEqualTo(7);
        assertThat(finished).hasValue(1);
    }

    @Test
    void shouldFailWithTheError() throws Exception {
        GioFuture<Long> future = GioOperation.startNative(loop.loop(), this::begin, this::finish);
        begun().fail(GLib.quarkFromString("test-of-gio-futures"), 12, "100%s%n%");
        assertThat(Await.failure(future)).isInstanceOfSatisfying(GErrorException.class, error -> {
            assertThat(GLib.quarkToString(error.getDomain())).isEqualTo("test-of-gio-futures");
            assertThat(error.getCode()).isEqualTo(12);
            assertThat(error).hasMessage("100%s%n%");
        });
    }

    @Test
    void shouldForgetWhatCouldNotBegin() throws Exception {
        IOException cause = new IOException("thrown by a test");
        GioFuture<Long> future = GioOperation.startNative(
                loop.loop(),
                (cancellable, callback, userData) -> {
                    throw cause;
                },
                this::finish);
        assertThat(Await.failure(future)).isSameAs(cause);
        assertThat(finished).hasValue(0);
    }

    @Test
    void shouldReleaseALateResult() throws Exception {
        ByteBuf late = Unpooled.directBuffer(8);
        GioFuture<ByteBuf> future = GioOperation.startNative(loop.loop(), this::begin, (source, result) -> {
            finish(source, result);
            return late;
        });
        RawTask begun = begun();
        assertThat(future.cancel(false)).isTrue();
        begun.end(7);
        Await.until(() -> late.refCnt() == 0, () -> "the late result is released");
        assertThat(future.isCancelled()).isTrue();
        assertThat(finished).hasValue(1);
    }

    /** Inside the signal, a listener that disconnects a handler would wait for itself. */
    @Test
    void shouldTellOfTheEndOutsideOfTheCancellablesSignal() throws Exception {
        GioFuture<Long> future = GioOperation.startNative(
                loop.loop(),
                (cancellable, callback, userData) ->
                        task.complete(RawTask.begin(cancellable, callback, userData, true)),
                this::finish);
        RawTask begun = begun();
        Cancellable cancellable = future.cancellable();
        long address = cancellable.handle().address();
        long handler = CancelledSignal.connect(address, () -> begun.end(7));
        CompletableFuture<Boolean> disconnected = new CompletableFuture<>();
        future.addListener(done -> {
            cancellable.disconnect(Math.toIntExact(handler));
            disconnected.complete(done.isCancelled());
        });
        loop.run(cancellable::cancel);
        assertThat(disconnected.get(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(finished).hasValue(1);
    }

    /** None of which needs a function pointer of its own. */
    @Test
    void shouldHaveManyUnderWay() throws Exception {
        int operations = 20_000;
        List<RawTask> tasks = new ArrayList<>();
        List<GioFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            futures.add(GioOperation.startNative(
                    loop.loop(),
                    (cancellable, callback, userData) ->
                            tasks.add(RawTask.begin(cancellable, callback, userData, true)),
                    this::finish));
        }
        assertThat(loop.underWay()).isEqualTo(operations);
        loop.run(() -> {
            for (int i = 0; i < operations; i++) {
                tasks.get(i).end(i);
            }
        });
        for (int i = 0; i < operations; i++) {
            assertThat(Await.success(futures.get(i))).isEqualTo(i);
        }
        assertThat(finished).hasValue(operations);
        assertThat(StubPool.used()).isEqualTo(stubs);
    }
}
