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

    /** Of the one who asked: he may give up earlier. */
    private final Promise<Void> promise;

    /** What comes of it in the pipeline. */
    private final Promise<Void> outcome;

    /** GStreamer was told: errors from here on are the change's, if it can fail. */
    private volatile boolean begun;

    /** Nothing fails on the way to a stop: what is said there is of before. */
    private volatile boolean stops;

    /** The call is over and the change is not. */
    private volatile boolean waiting;

    /** The pipeline has said that it is there. On the loop's thread. */
    private boolean announced;

    StateChange(GstState target, Promise<Void> promise, Promise<Void> outcome) {
        this.target = target;
        this.promise = promise;
        this.outcome = outcome;
        pass(outcome, promise);
    }

    private static void pass(Future<Void> from, Promise<Void> to) {
        from.addListener(done -> {
            if (done.isSuccess()) {
                to.trySuccess(null);
            } else {
                to.tryFailure(done.cause());
            }
        });
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

    /** @param from the state that the pipeline is in */
    void begin(GstState from) {
        stops = target.compareTo(GstState.READY) <= 0 && target.compareTo(from) <= 0;
        begun = true;
    }

    void await() {
        waiting = true;
    }

    void announced() {
        announced |= begun;
    }

    boolean isAnnounced() {
        return announced;
    }

    boolean isWaiting() {
        return waiting && !outcome.isDone();
    }

    boolean hasFailed() {
        return outcome.isDone() && !outcome.isSuccess();
    }

    void succeed() {
        outcome.trySuccess(null);
    }

    /** {@return whether somebody is told} */
    boolean fail(Throwable cause) {
        return outcome.tryFailure(cause);
    }

    /** Something has failed in the pipeline. {@return whether it is this change's failure, or one that follows from it} */
    boolean failed(GstException cause) {
        return begun && !stops && (outcome.tryFailure(cause) || outcome.cause() instanceof GstException);
    }

    /** Another one has come, and this one will not be reached, unless it is the same. */
    void supersede(StateChange other) {
        if (outcome.isDone()) {
            return;
        }
        if (other.target == target) {
            pass(other.outcome, outcome);
        } else {
            outcome.cancel(false);
        }
    }
}
