package org.nettyglib.channel;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGobject;

/**
 * A call of GIO that ends later, one at a time. It begins and ends on one loop; its outcome is taken on the loop that the
 * channel is on by then.
 */
final class GioCall implements AsyncReady.Target {
    interface Begin {
        void begin(int priority, long cancellable, long callback, long userData);
    }

    interface Finish {
        long finish(long source, long result, long error);
    }

    interface Done {
        void done(long value, @Nullable GErrorException failure);
    }

    private record Outcome(long value, @Nullable GErrorException failure) {}

    private final GioEndpoint endpoint;
    private final Finish finish;
    private final Done done;

    // Set by the loop on which the call ends, taken by the one that the channel is on.
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

    private @Nullable LoopStay stay;
    private boolean underWay;
    private @Nullable Future<?> limit;

    /** 0 while no call is under way. Guarded by this: a call may be cancelled from another loop than the one it ends on. */
    private long cancellable;

    /** The call under way, or the last one. Guarded by this. */
    private boolean cancelled;

    GioCall(GioEndpoint endpoint, Finish finish, Done done) {
        this.endpoint = endpoint;
        this.finish = finish;
        this.done = done;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Whether it was begun on this loop and has not ended. */
    boolean isUnderWayOn(LoopStay on) {
        return underWay && stay == on;
    }

    /** Starts it on the loop that the channel is on. */
    void start(Begin begin) {
        start(endpoint.stay(), begin);
    }

    void start(LoopStay on, Begin begin) {
        stay = on;
        underWay = true;
        long cancellableOfCall = LibGio.g_cancellable_new();
        synchronized (this) {
            cancellable = cancellableOfCall;
            cancelled = false;
        }
        endpoint.begun();
        on.begun();
        int priority = on.priority();
        on.start(() -> begin.begin(priority, cancellableOfCall, AsyncReady.stub(), AsyncReady.expect(this)));
    }

    /** Whether it was cancelled by {@link #cancel()}, and not by somebody else inside the stream. */
    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Has it end soon. From any thread. */
    synchronized void cancel() {
        if (cancellable != 0) {
            cancelled = true;
            LibGio.g_cancellable_cancel(cancellable);
        }
    }

    /** Cancels it unless it ends by itself in the meantime. */
    void limit(EventExecutor timer, long millis) {
        stopLimit();
        limit = timer.schedule(this::cancel, millis, TimeUnit.MILLISECONDS);
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    @Override
    public void ready(long source, long result) {
        LoopStay on = startedOn();
        Outcome known = finish(source, result);
        // Before the outcome is known: who takes it may start the next call, on another loop.
        release();
        outcome.set(known);
        on.run(() -> endpoint.deliver(this, on));
        on.ended();
    }

    private LoopStay startedOn() {
        if (stay == null) {
            throw new IllegalStateException("the end of a call that was not begun");
        }
        return stay;
    }

    private Outcome finish(long source, long result) {
        ErrorSlot slot = ErrorSlot.get();
        long value = finish.finish(source, result, slot.address());
        try {
            slot.check();
            return new Outcome(value, null);
        } catch (GErrorException e) {
            return new Outcome(value, e);
        }
    }

    private synchronized void release() {
        LibGobject.g_object_unref(cancellable);
        cancellable = 0;
    }

    /** Passes the outcome on, if there is one that nobody has taken. */
    void take() {
        Outcome known = outcome.getAndSet(null);
        if (known != null) {
            underWay = false;
            stopLimit();
            endpoint.ended();
            done.done(known.value, known.failure);
        }
    }
}
