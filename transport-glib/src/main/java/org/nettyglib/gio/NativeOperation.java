package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.AsyncReady;

/** An operation that this library starts by its C function. */
final class NativeOperation<T extends @Nullable Object> extends GioOperation<T> {
    private final NativeBegin begin;
    private final NativeFinish<T> finish;

    NativeOperation(LoopMembers members, EventLoop loop, NativeBegin begin, NativeFinish<T> finish) {
        super(members, loop, new OwnCancellable(members.spareCancellables()), null);
        this.begin = begin;
        this.finish = finish;
    }

    @Override
    boolean begin() throws Exception {
        long token = AsyncReady.expect(this::readyNow);
        boolean begun = false;
        try {
            begin.begin(ownCancellable().address(), AsyncReady.stub(), token);
            begun = true;
        } finally {
            if (!begun) {
                AsyncReady.forget(token);
            }
        }
        return true;
    }

    @Override
    T finish(long source, long result) throws Exception {
        return finish.finish(source, result);
    }

    @Override
    void release(T late) throws Exception {
        finish.release(late);
    }
}
