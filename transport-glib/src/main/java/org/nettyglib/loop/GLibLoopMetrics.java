package org.nettyglib.loop;

import org.nettyglib.poll.LoopStatistics;

/**
 * What a loop counts of itself, from its beginning on. May be read from any thread and at any time; the figures are live
 * and not of one moment.
 */
public final class GLibLoopMetrics {
    private final LoopStatistics statistics;
    private final LoopLag lag;

    GLibLoopMetrics(LoopStatistics statistics, LoopLag lag) {
        this.statistics = statistics;
        this.lag = lag;
    }

    /** {@return how often the context was iterated, by whomever, and got to the loop's sources} */
    public long iterations() {
        return statistics.iterations();
    }

    /** {@return how many turns the loop's sources had} */
    public long dispatches() {
        return statistics.dispatches();
    }

    /** {@return how long these turns took together, in nanoseconds; without what nested main loops waited in them} */
    public long dispatchNanos() {
        return statistics.dispatchNanos();
    }

    /**
     * {@return how long the longest turn took, in nanoseconds: a source of somebody else had to wait so long. A turn is
     * interrupted by each iteration of a main loop that is run inside}
     */
    public long longestDispatchNanos() {
        return statistics.longestDispatchNanos();
    }

    /** {@return how often another thread had to wake the context up, which is a system call} */
    public long wakeupsWritten() {
        return statistics.wakeupsWritten();
    }

    /** {@return how often it had not, because the loop was awake or had been woken} */
    public long wakeupsSaved() {
        return statistics.wakeupsSaved();
    }

    /** {@return how often the loop's sources paused for those of lower priority, see {@link GLibLoopOptions#dispatchBudget()}} */
    public long yields() {
        return statistics.yields();
    }

    /** {@return how many turns are under way, one inside the other: more than one in a nested main loop} */
    public int nestingDepth() {
        return statistics.nestingDepth();
    }

    /**
     * {@return for how long tasks or a timer have been due without an iteration, in nanoseconds; 0 when nothing is due.
     * Not to be had for descriptors, of which only the kernel knows}
     */
    public long lagNanos() {
        return lag.nanos();
    }
}
