package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGobject;

/** Somebody waits for the end of a process. An operation like those of GIO, which has no part in it. */
final class ExitWait extends GioOperation<GLibExitStatus> {
    private final ChildProcess process;
    private final AtomicBoolean told = new AtomicBoolean();
    private long cancelledHandler;

    ExitWait(EventLoop loop, ChildProcess process) {
        super(loop, null);
        this.process = process;
    }

    @Override
    boolean begin() {
        long cancellable = ownCancellable().address();
        cancelledHandler = CancelledSignal.connect(cancellable, this::tell);
        process.add(this);
        if (process.status() != null || process.unknown() != null || LibGio.g_cancellable_is_cancelled(cancellable)) {
            tell();
        }
        return true;
    }

    /** The process has ended, or the caller waits no longer. From any thread. */
    void tell() {
        if (told.compareAndSet(false, true)) {
            // There is no GAsyncResult, and the cancellable is an object as well.
            ready(0, ownCancellable().address());
        }
    }

    @Override
    GLibExitStatus finish(long source, long result) throws Exception {
        // As a GTask has it: also if the process has ended in the meantime.
        if (LibGio.g_cancellable_is_cancelled(result)) {
            throw new CancellationException();
        }
        GLibExitStatus status = process.status();
        if (status != null) {
            return status;
        }
        Exception unknown = process.unknown();
        throw unknown != null ? unknown : new CancellationException();
    }

    @Override
    void release(GLibExitStatus late) {}

    @Override
    void ended(boolean calledBack) {
        process.remove(this);
        if (cancelledHandler != 0) {
            LibGobject.g_signal_handler_disconnect(ownCancellable().address(), cancelledHandler);
            cancelledHandler = 0;
        }
    }
}
