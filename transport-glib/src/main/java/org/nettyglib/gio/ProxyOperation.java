package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ObjectUtil;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.gnome.gobject.GObject;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.StubPool;

/** An operation that java-gi starts: it passes no {@code user_data}, so each call has a function pointer of its own. */
final class ProxyOperation<T extends @Nullable Object> extends GioOperation<T> {
    private final GioBegin begin;
    private final @Nullable Progress progress;
    private final GioFinish<T> finish;
    private final Ready ready = new Ready();

    ProxyOperation(
            EventLoop loop,
            @Nullable Cancellable parent,
            GioBegin begin,
            @Nullable Progress progress,
            GioFinish<T> finish) {
        super(loop, parent);
        this.begin = begin;
        this.progress = progress;
        this.finish = ObjectUtil.checkNotNull(finish, "finish");
        if (progress != null) {
            progress.follow(this);
        }
    }

    @Override
    boolean begin() throws Exception {
        StubPool.Stub stub = StubPool.take(ready);
        if (stub == null) {
            return false;
        }
        ready.stub = stub;
        try {
            begin.begin(ownCancellable().proxy(), ready);
        } finally {
            if (!ready.pointerTaken) {
                ready.giveBack();
            }
        }
        if (!ready.isHandedOver()) {
            throw new IllegalStateException("GioBegin.begin returned without handing its AsyncReadyCallback to an"
                    + " operation: the future would never be completed");
        }
        return true;
    }

    @Override
    boolean mayBeCalled() {
        return ready.isHandedOver();
    }

    @Override
    T finish(long source, long address) throws Exception {
        OperationResult result = new OperationResult(address);
        try {
            return finish.finish(result);
        } finally {
            result.over();
        }
    }

    @Override
    void release(T late) throws Exception {
        finish.release(late);
    }

    @Override
    void ended(boolean calledBack) {
        // If GIO has it nevertheless, nobody knows when it calls for the last time.
        if (progress != null && calledBack) {
            progress.end();
        }
    }

    /** What java-gi takes for a callback, with a function pointer of ours: its own are never freed. */
    private final class Ready implements AsyncReadyCallback, PassedOn, StubPool.Target {
        private StubPool.@Nullable Stub stub;
        private boolean pointerTaken;
        private boolean passedOn;
        private boolean calledByJava;

        boolean isHandedOver() {
            return pointerTaken || passedOn || calledByJava;
        }

        @Override
        public void passedOn() {
            if (isHandedOver()) {
                throw new IllegalStateException("this AsyncReadyCallback was handed to an operation already");
            }
            passedOn = true;
        }

        @Override
        public MemorySegment toCallback(Arena arena) {
            if (isHandedOver() || stub == null) {
                throw new IllegalStateException("this AsyncReadyCallback was handed to an operation already");
            }
            pointerTaken = true;
            return stub.pointer();
        }

        @Override
        public void called(long source, long result, long data) {
            giveBack();
            ready(source, result);
        }

        private void giveBack() {
            if (stub != null) {
                stub.giveBack();
                stub = null;
            }
        }

        /** Somebody has wrapped it in a callback of their own. */
        @Override
        public void run(@Nullable GObject source, AsyncResult result, @Nullable MemorySegment data) {
            if (pointerTaken || calledByJava) {
                throw new IllegalStateException("this AsyncReadyCallback was called already");
            }
            calledByJava = true;
            ready(
                    source == null ? 0 : source.handle().address(),
                    result.handle().address());
        }
    }
}
