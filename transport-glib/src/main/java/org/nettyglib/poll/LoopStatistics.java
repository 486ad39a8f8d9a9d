package org.nettyglib.poll;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a loop counts of itself. The thread that iterates the context writes, any may read: each figure is right, but two
 * of them need not be of the same moment.
 */
public final class LoopStatistics {
    private final AtomicLong iterations = new AtomicLong();
    private final AtomicLong dispatches = new AtomicLong();
    private final AtomicLong dispatchNanos = new AtomicLong();
    private final AtomicLong longestDispatchNanos = new AtomicLong();
    private final AtomicLong yields = new AtomicLong();
    private final LongAdder wakeupsWritten = new LongAdder();
    private final LongAdder wakeupsSaved = new LongAdder();
    private volatile int nestingDepth;
    private volatile long deadline = LoopWork.NO_DEADLINE;
    private volatile long lastActive = System.nanoTime();
    private volatile long lastWakeup = lastActive;

    /** There is one writer, so that nothing has to be locked. */
    private static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }

    void countIteration() {
        add(iterations, 1);
    }

    void countDispatch() {
        add(dispatches, 1);
    }

    void countYield() {
        add(yields, 1);
    }

    void addDispatchNanos(long nanos) {
        add(dispatchNanos, nanos);
        if (nanos > longestDispatchNanos.getPlain()) {
            longestDispatchNanos.lazySet(nanos);
        }
    }

    void nestingDepth(int depth) {
        nestingDepth = depth;
    }

    void deadline(long deadline) {
        this.deadline = deadline;
    }

    void lastActive(long nanoTime) {
        lastActive = nanoTime;
    }

    /** From any thread. */
    void countWakeup(boolean written) {
        if (written) {
            lastWakeup = System.nanoTime();
            wakeupsWritten.increment();
        } else {
            wakeupsSaved.increment();
        }
    }

    /** How often the context looked for what is ready. */
    public long iterations() {
        return iterations.get();
    }

    /** How often a source of the loop had its turn. */
    public long dispatches() {
        return dispatches.get();
    }

    /** How long these turns took, without the time that nested main loops in them waited or served others. */
    public long dispatchNanos() {
        return dispatchNanos.get();
    }

    /** How long the longest turn took. */
    public long longestDispatchNanos() {
        return longestDispatchNanos.get();
    }

    /** How often the loop's sources made way for those of lower priority. */
    public long yields() {
        return yields.get();
    }

    /** How many wake-ups cost a system call. */
    public long wakeupsWritten() {
        return wakeupsWritten.sum();
    }

    /** How many wake-ups cost nothing, because the loop was awake. */
    public long wakeupsSaved() {
        return wakeupsSaved.sum();
    }

    /** How many dispatches of the loop are under way, one inside the other. */
    public int nestingDepth() {
        return nestingDepth;
    }

    /** The deadline that the loop's timer waits for, or {@link LoopWork#NO_DEADLINE}. */
    public long deadline() {
        return deadline;
    }

    /** The {@link System#nanoTime()} at which a dispatch began or ended last. */
    public long lastActive() {
        return lastActive;
    }

    /** The {@link System#nanoTime()} at which another thread woke the loop up last. */
    public long lastWakeup() {
        return lastWakeup;
    }
}
