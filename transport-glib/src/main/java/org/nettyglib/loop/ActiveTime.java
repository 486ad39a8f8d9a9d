package org.nettyglib.loop;

/**
 * How long the handles of an iteration were busy, without the wait before and the tasks after: what Netty's auto-scaling
 * asks for. The clock runs from the first event on and is only read where somebody wants to know.
 */
final class ActiveTime {
    private boolean wanted;
    private boolean running;
    private long since;
    private long nanos;

    void reset(boolean wanted) {
        this.wanted = wanted;
        running = false;
        nanos = 0;
    }

    /** An event is about to be handled. */
    void start() {
        if (wanted && !running) {
            running = true;
            since = System.nanoTime();
        }
    }

    /** No event is being handled any more. */
    void stop() {
        if (running) {
            running = false;
            nanos += System.nanoTime() - since;
        }
    }

    long nanos() {
        return nanos;
    }
}
