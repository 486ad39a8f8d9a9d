package org.nettyglib.poll;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the loop sleeps or is about to: only then does a wake-up cost a system call.
 *
 * <p>What is ordered by what: the loop writes {@code asleep} and <em>then</em> looks for tasks; another thread adds its
 * task and <em>then</em> reads {@code asleep}. Both are volatile accesses, so one of the two sees the other, and no
 * wake-up is lost.
 */
final class Sleep {
    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;

    private final LoopStatistics statistics;
    private final AtomicInteger state = new AtomicInteger(AWAKE);
    private final AtomicInteger wakers = new AtomicInteger();
    private volatile boolean closed;

    Sleep(LoopStatistics statistics) {
        this.statistics = statistics;
    }

    /** Before the last look for tasks. The loop's thread only. */
    void fallAsleep() {
        state.set(ASLEEP);
    }

    /** After the wait. The loop's thread only. */
    void awake() {
        if (state.getPlain() == ASLEEP) {
            state.lazySet(AWAKE);
        }
    }

    /**
     * Asks for the right to wake the loop up. Whoever gets it must do so and then call {@link #woken()}.
     */
    boolean startWaking() {
        if (state.get() != ASLEEP || !state.compareAndSet(ASLEEP, AWAKE)) {
            statistics.countWakeup(false);
            return false;
        }
        wakers.incrementAndGet();
        if (closed) {
            wakers.decrementAndGet();
            return false;
        }
        statistics.countWakeup(true);
        return true;
    }

    void woken() {
        wakers.decrementAndGet();
    }

    /** Refuses further wake-ups and waits for those under way, so that their descriptor can be closed. */
    void close() {
        closed = true;
        while (wakers.get() != 0) {
            Thread.onSpinWait();
        }
    }
}
