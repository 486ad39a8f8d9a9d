package org.nettyglib.gio;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gobject.GObject;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.loop.LoopFixture;

/** A caller's callback that finishes the task at once, and what came out. */
final class TaskAnswer<T> implements AsyncReadyCallback {
    private final GioTaskValue<T> value;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile @Nullable GObject source;
    private volatile int calls;

    TaskAnswer(GioTaskValue<T> value) {
        this.value = value;
    }

    @Override
    public void run(@Nullable GObject source, AsyncResult result, @Nullable MemorySegment data) {
        thread = Thread.currentThread();
        this.source = source;
        calls = calls + 1;
        try {
            outcome.complete(GioTasks.finish(result, value));
        } catch (Throwable t) {
            outcome.completeExceptionally(t);
        }
    }

    @SuppressWarnings("NullAway") // as of GioTasks.finish
    T get() throws Exception {
        return outcome.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    Throwable failure() throws InterruptedException, TimeoutException {
        try {
            T result = outcome.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("has to fail, but gave " + result);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    GErrorException error() throws InterruptedException, TimeoutException {
        return (GErrorException) failure();
    }

    boolean isCancelled() throws InterruptedException, TimeoutException {
        GErrorException error = error();
        return error.getDomain().getValue() == LibGio.G_IO_ERROR && error.getCode() == LibGio.G_IO_ERROR_CANCELLED;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    int calls() {
        return calls;
    }

    @Nullable Thread thread() {
        return thread;
    }

    @Nullable GObject source() {
        return source;
    }
}
