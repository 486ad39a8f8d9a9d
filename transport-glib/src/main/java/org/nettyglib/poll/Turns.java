package org.nettyglib.poll;

import java.util.concurrent.TimeUnit;

/**
 * The turns that GLib gives to the sources of a loop. They are counted and timed, and when they have taken more than the
 * loop's budget together, they pause ({@link Pause}) so that sources of lower priority have theirs.
 *
 * <p>A main loop that somebody runs inside a turn interrupts it: what that one waits, and what it does for others, is
 * not the loop's time.
 */
final class Turns {
    /** How long a turn runs tasks where there is no budget. */
    private static final long TASK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The part of the budget that tasks have, however long the events before them took. */
    private static final int TASK_SHARE = 4;

    private final LoopWork work;
    private final LoopStatistics statistics;
    private final Pause pause;
    private final long budget;

    private int depth;
    private boolean running;
    private long since;

    /** The time of all turns since others could have theirs. */
    private long spent;

    /** The lowest priority, which is the highest number, of these turns. */
    private int lowest = Integer.MIN_VALUE;

    private long ended;

    Turns(LoopWork work, LoopStatistics statistics, Pause pause, long budgetNanos) {
        this.work = work;
        this.statistics = statistics;
        this.pause = pause;
        budget = budgetNanos;
    }

    /** The context is about to look for what is ready; inside a turn it is a nested main loop that does. */
    void iterating() {
        statistics.countIteration();
        pause.iterating();
        if (running) {
            interrupt(System.nanoTime());
        }
        work.iterating();
    }

    /** Whether sources of this priority may be ready: not while others have their turn. */
    boolean areOpen(int priority) {
        pause.endIfOver();
        return !pause.holds(priority);
    }

    /** Gives a source of this priority its turn. Nothing that fails in it leaves. */
    void take(int priority, Runnable ready) {
        int outer = depth;
        try {
            begin(priority);
            work.dispatch(ready);
        } catch (RuntimeException | Error e) {
            // GLib has called, so the failure reaches nobody who could slow the loop down, and it would come again at
            // once.
            BackOff.log(e);
            pause.rest(BackOff.NANOS);
        } finally {
            end(outer);
        }
    }

    private void begin(int priority) {
        long now = System.nanoTime();
        if (running) {
            interrupt(now);
        }
        if (depth == 0 && now - ended >= budget) {
            // They had as much time as a pause would give them.
            startAnew();
        }
        lowest = Math.max(lowest, priority);
        statistics.countDispatch();
        statistics.nestingDepth(++depth);
        resume(now);
    }

    /** @param outer the depth outside, counted anew: no failure may leave the loop waiting for a turn that is over */
    private void end(int outer) {
        long now = System.nanoTime();
        if (running) {
            interrupt(now);
        }
        ended = now;
        depth = outer;
        statistics.nestingDepth(depth);
        if (depth > 0) {
            resume(now);
        }
        if (budget > 0 && spent >= budget && !pause.isActive()) {
            statistics.countYield();
            pause.begin(lowest, budget);
            startAnew();
        }
    }

    private void startAnew() {
        spent = 0;
        lowest = Integer.MIN_VALUE;
    }

    private void resume(long now) {
        running = true;
        since = now;
        statistics.lastActive(now);
        work.turnBegins();
    }

    private void interrupt(long now) {
        running = false;
        long nanos = now - since;
        spent += nanos;
        statistics.addDispatchNanos(nanos);
        statistics.lastActive(now);
        work.turnEnds(depth);
    }

    /** Whether there are pauses at all. */
    boolean haveBudget() {
        return budget > 0;
    }

    /** A nested main loop in the turn may have ended: what follows is the turn's again. */
    void goOn() {
        if (!running) {
            resume(System.nanoTime());
        }
    }

    /** Whether the turn under way has used the budget up. Asked between events. */
    boolean isOver() {
        return budget > 0 && left() <= 0;
    }

    private long left() {
        return budget - spent - (running ? System.nanoTime() - since : 0);
    }

    /** Runs the loop's tasks, at the end of a turn. */
    void runTasks() {
        goOn();
        work.run(budget > 0 ? Math.max(left(), budget / TASK_SHARE) : TASK_NANOS);
    }
}
