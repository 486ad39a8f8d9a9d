package org.nettyglib.gio;

import java.lang.foreign.MemorySegment;
import org.gnome.gio.AsyncResult;

/**
 * The {@code GAsyncResult} that a {@link GioFinish} sees: without java-gi's toggle reference, and so good only as long as the
 * operation holds its own.
 */
final class OperationResult extends AsyncResult.AsyncResult$Impl {
    private boolean over;

    OperationResult(long address) {
        super(MemorySegment.ofAddress(address));
    }

    void over() {
        over = true;
    }

    @Override
    public MemorySegment handle() {
        if (over) {
            throw new IllegalStateException(
                    "This AsyncResult is over: hand it to the finish method inside GioFinish.finish, and keep the result");
        }
        return super.handle();
    }
}
