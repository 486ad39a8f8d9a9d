package org.nettyglib.gio;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.gnome.gio.AsyncResult;
import org.nettyglib.ffi.LibGobject;

/**
 * The {@code GAsyncResult} that a callback in Java sees. It does without java-gi's toggle reference, which would keep each task
 * until a garbage collection and an iteration of GLib's default context. Only if the callback did not finish the task is there a
 * reference, as it may have handed the result to somebody who will.
 */
final class TaskResult extends AsyncResult.AsyncResult$Impl {
    private static final Cleaner CLEANER = Cleaner.create();

    private final GioTask task;
    private volatile boolean inCallback = true;

    TaskResult(GioTask task, long address) {
        super(MemorySegment.ofAddress(address));
        this.task = task;
    }

    void callbackReturned() {
        if (!task.isFinished()) {
            long address = LibGobject.g_object_ref(handle().address());
            task.keep(CLEANER.register(this, () -> LibGobject.g_object_unref(address)));
        }
        inCallback = false;
    }

    @Override
    public MemorySegment handle() {
        if (!inCallback && task.isFinished()) {
            throw new IllegalStateException("This AsyncResult is over: its task was finished");
        }
        return super.handle();
    }
}
