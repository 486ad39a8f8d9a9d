package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import org.javagi.base.GErrorException;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioSubprocess;
import org.nettyglib.ffi.LibGobject;

/** Somebody waits for the end of a process. It has a reference of its own. */
final class ExitWait extends GioOperation<GLibExitStatus> {
    private final GLibSubprocess owner;
    private long process;

    /** @param process the {@code GSubprocess}, or 0 if this is not to be started, but completed by the caller */
    ExitWait(EventLoop loop, GLibSubprocess owner, long process) {
        super(loop, null);
        this.owner = owner;
        this.process = process == 0 ? 0 : LibGobject.g_object_ref(process);
    }

    @Override
    boolean begin() {
        LibGioSubprocess.g_subprocess_wait_async(
                process, ownCancellable().address(), AsyncReady.stub(), AsyncReady.expect(this::ready));
        return true;
    }

    @Override
    GLibExitStatus finish(long source, long result) throws GErrorException {
        ErrorSlot slot = ErrorSlot.get();
        LibGioSubprocess.g_subprocess_wait_finish(source, result, slot.address());
        slot.check();
        GLibExitStatus status = new GLibExitStatus(LibGioSubprocess.g_subprocess_get_status(source));
        // GIO answers the last who asked first.
        owner.hasExited(status);
        return status;
    }

    @Override
    void release(GLibExitStatus late) {}

    @Override
    void ended(boolean calledBack) {
        if (process != 0) {
            LibGobject.g_object_unref(process);
            process = 0;
        }
    }
}
