package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wish that a pipeline be in a state. From any thread. */
final class StateChange {
    private final GstState target;
    private final Promise<Void> promise;

    /** GStreamer was told: errors from here on are the change's. */
    private volatile boolean begun;

    /** The call is over and the change is not. */
    private volatile boolean waiting;

    StateChange(GstState target, Promise<Void> promise) {
        this.target = target;
        this.promise = promise;
    }

    GstState target() {
        return target;
    }

    Future<Void> future() {
        return promise;
    }

    /** Gives up when the time is over. The pipeline goes on. */
    void limit(Duration timeout, NativePipeline pipeline, EventLoop loop) {
        try {
            Future<?> timer = loop.schedule(() -> timedOut(timeout, pipeline), timeout.toNanos(), TimeUnit.NANOSECONDS);
            promise.addListener(done -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            promise.tryFailure(e);
        }
    }

    private void timedOut(Duration timeout, NativePipeline pipeline) {
        // To look at the elements takes locks of theirs.
        StateThreads.execute(() -> promise.tryFailure(new TimeoutException(
                "not within " + timeout.toMillis() + " ms: " + StuckElements.describe(pipeline, target))));
    }

    void begin() {
        begun = true;
    }

    void await() {
        waiting = true;
    }

    boolean isWaiting() {
        return waiting && !promise.isDone();
    }

    void succeed() {
        promise.trySuccess(null);
    }

    /** {@return whether somebody is told} */
    boolean fail(Throwable cause) {
        return promise.tryFailure(cause);
    }

    /** Something has failed in the pipeline. {@return whether it is this change's failure} */
    boolean failed(GstException cause) {
        return begun && promise.tryFailure(cause);
    }

    /** Another one has come, and this one will not be reached, unless it is the same. */
    void supersede(StateChange other) {
        if (promise.isDone()) {
            return;
        }
        if (other.target != target) {
            promise.cancel(false);
            return;
        }
        other.promise.addListener(done -> {
            if (done.isSuccess()) {
                promise.trySuccess(null);
            } else {
                promise.tryFailure(done.cause());
            }
        });
    }
}
