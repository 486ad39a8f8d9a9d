package org.nettyglib.loop;

import org.nettyglib.poll.LoopWork;

/**
 * The shutdown of an attached loop, step by step in dispatches of its context: the thread there is somebody else's and is
 * never made to wait. Netty's own would let it sleep in the quiet period.
 *
 * <p>All but {@link #request} belongs to the loop's thread.
 */
final class GracefulShutdown {
    private final GLibEventLoop loop;
    private final Attachment attachment;
    private volatile long quietNanos;
    private volatile long timeoutNanos;

    private boolean begun;
    private boolean channelsLeft;

    /** Handles that were asked to close still wait for callbacks. */
    private boolean waitsForHandles;

    private boolean waitsForOuterTurn;
    private long beginning;
    private long lastWork;

    GracefulShutdown(GLibEventLoop loop, Attachment attachment) {
        this.loop = loop;
        this.attachment = attachment;
    }

    /** Says how long to wait for further work. Before the loop's state says that it is shutting down. From any thread. */
    void request(long quietNanos, long timeoutNanos) {
        this.quietNanos = Math.min(quietNanos, GLibEventLoop.MAX_SHUTDOWN_NANOS);
        this.timeoutNanos = Math.min(timeoutNanos, GLibEventLoop.MAX_SHUTDOWN_NANOS);
    }

    long quietNanos() {
        return quietNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** Whether there is something to do that is no task. */
    boolean needsTurn() {
        if (attachment.isEnding()) {
            return false;
        }
        if (waitsForOuterTurn) {
            return loop.metrics().nestingDepth() == 0;
        }
        return loop.isShuttingDown() && (!begun || channelsLeft || !attachment.canEnd() || handlesAreDone());
    }

    private long limitNanos() {
        return waitsForHandles ? Math.max(timeoutNanos, GLibEventLoop.MIN_WAIT_NANOS) : timeoutNanos;
    }

    private boolean handlesAreDone() {
        return waitsForHandles && !loop.handler().waitsForHandles();
    }

    /** When to look again, or {@link LoopWork#NO_DEADLINE}. */
    long deadline() {
        if (!begun || waitsForOuterTurn || attachment.isEnding()) {
            return LoopWork.NO_DEADLINE;
        }
        long timeout = beginning + limitNanos();
        return (waitsForHandles ? timeout : Math.min(lastWork + quietNanos, timeout)) + 1;
    }

    /** Does some of what is left, for about the given time, and ends the loop when nothing is. */
    void step(long nanos) {
        if (!begun) {
            begun = true;
            beginning = now();
            lastWork = beginning;
        }
        waitsForOuterTurn = false;
        channelsLeft = loop.handler().closeSome(nanos / 2);
        loop.cancelTimers();
        long registered = loop.handler().registered();
        if (loop.runTasks(nanos / 2)) {
            lastWork = now();
        }
        // What a task has registered has to hear of the end, too: in the next step.
        channelsLeft |= loop.handler().registered() != registered;
        waitsForHandles = loop.handler().waitsForHandles();
        if (isOver()) {
            end();
        }
    }

    private boolean isOver() {
        if (!attachment.canEnd()) {
            return false;
        }
        long now = now();
        if (now - beginning > limitNanos()) {
            return true;
        }
        boolean idle = !channelsLeft && !waitsForHandles && !loop.hasTasks();
        return idle && (quietNanos == 0 || now - lastWork > quietNanos);
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    /** Not inside a handler that runs a nested main loop: what it uses would be gone when it goes on. */
    private void end() {
        waitsForOuterTurn = loop.metrics().nestingDepth() > 1;
        if (!waitsForOuterTurn) {
            attachment.endNow();
        }
    }
}
