package org.nettyglib.gio;

import io.netty.util.internal.ObjectUtil;
import java.lang.foreign.MemorySegment;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.Cancellable;
import org.gnome.gobject.GObject;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGioTask;

/**
 * What the caller of a {@code …_async} method has handed over: the object it was called on, its cancellable and its callback. A
 * method that is implemented by {@link GioTasks} passes them on. Immutable.
 */
public final class GioTaskCaller {
    /** Calls back; the addresses are good for the length of the call. */
    @FunctionalInterface
    interface Callback {
        void call(GioTask task, long source, long result);
    }

    private static final Callback NO_CALLBACK = (task, source, result) -> {};

    /** Who has been answered. */
    static final GioTaskCaller NOBODY = new GioTaskCaller(0, 0, NO_CALLBACK, null, null);

    private final long source;
    private final long cancellable;
    private final Callback callback;

    /** Java's objects for the two, so that they are not collected. */
    private final @Nullable Object objects;

    private final @Nullable PassedOn passedOn;

    private GioTaskCaller(
            long source, long cancellable, Callback callback, @Nullable Object objects, @Nullable PassedOn passedOn) {
        this.source = source;
        this.cancellable = cancellable;
        this.callback = callback;
        this.objects = objects;
        this.passedOn = passedOn;
    }

    /**
     * A caller in Java.
     *
     * @param source the object whose method was called, or null for a static one
     * @param cancellable of the caller, or null
     * @param callback of the caller, or null if it does not care about the result. The {@code AsyncResult} that it is given
     *     stays good for as long as it is reachable and {@link GioTasks#finish} was not called; the third argument is null
     * @return the caller
     */
    public static GioTaskCaller of(
            @Nullable GObject source, @Nullable Cancellable cancellable, @Nullable AsyncReadyCallback callback) {
        return new GioTaskCaller(
                address(source),
                address(cancellable),
                callback == null
                        ? NO_CALLBACK
                        : (task, object, result) -> call(callback, source, new TaskResult(task, result)),
                new Object[] {source, cancellable},
                callback instanceof PassedOn later ? later : null);
    }

    /**
     * A caller in C, as an upcall from it sees its arguments.
     *
     * @param source the {@code GObject *} whose method was called, or NULL
     * @param cancellable the {@code GCancellable *} of the caller, or NULL
     * @param callback the {@code GAsyncReadyCallback}, or NULL
     * @param userData for the callback
     * @return the caller
     */
    public static GioTaskCaller ofNative(
            MemorySegment source, MemorySegment cancellable, MemorySegment callback, MemorySegment userData) {
        long data = ObjectUtil.checkNotNull(userData, "userData").address();
        return new GioTaskCaller(
                ObjectUtil.checkNotNull(source, "source").address(),
                ObjectUtil.checkNotNull(cancellable, "cancellable").address(),
                ObjectUtil.checkNotNull(callback, "callback").address() == 0
                        ? NO_CALLBACK
                        : (task, object, result) -> LibGioTask.call(callback, object, result, data),
                null,
                null);
    }

    /** From now on the callback is sure to be called. */
    void accepted() {
        if (passedOn != null) {
            passedOn.passedOn();
        }
    }

    private static long address(@Nullable GObject object) {
        return object == null ? 0 : object.handle().address();
    }

    private static void call(AsyncReadyCallback callback, @Nullable GObject source, TaskResult result) {
        try {
            callback.run(source, result, null);
        } finally {
            result.callbackReturned();
        }
    }

    long source() {
        return source;
    }

    long cancellable() {
        return cancellable;
    }

    Callback callback() {
        return callback;
    }

    @Override
    public String toString() {
        return "GioTaskCaller(source=" + Long.toHexString(source) + ", cancellable=" + Long.toHexString(cancellable)
                + (objects == null ? ", in C)" : ", in Java)");
    }
}
