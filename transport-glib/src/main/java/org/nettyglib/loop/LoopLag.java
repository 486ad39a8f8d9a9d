package org.nettyglib.loop;

import org.nettyglib.poll.LoopStatistics;
import org.nettyglib.poll.LoopWork;

/** How late the context of a loop is, seen from any thread. */
final class LoopLag {
    private final GLibEventLoop loop;
    private final LoopStatistics statistics;

    LoopLag(GLibEventLoop loop, LoopStatistics statistics) {
        this.loop = loop;
        this.statistics = statistics;
    }

    /** Nanoseconds since the loop was seen alive last, or since the first of what is due became so, if that is later. */
    long nanos() {
        long now = System.nanoTime();
        long lag = 0;
        if (loop.pendingTasks() > 0) {
            // A task that comes while the loop sleeps wakes it; others wait from its last turn on.
            lag = now - statistics.lastWakeup();
        }
        long deadline = statistics.deadline();
        if (deadline != LoopWork.NO_DEADLINE) {
            lag = Math.max(lag, loop.ticker().nanoTime() - deadline);
        }
        return Math.max(0, Math.min(lag, now - statistics.lastActive()));
    }
}
