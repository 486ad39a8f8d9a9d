package org.nettyglib.poll;

import java.util.ArrayDeque;
import java.util.Queue;

/** The tasks of a loop without timers. */
final class PendingTasks implements LoopWork {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private Runnable beginning = () -> {};

    void add(Runnable task) {
        tasks.add(task);
    }

    /** What is done when a turn begins or goes on. */
    void atEachBeginning(Runnable action) {
        beginning = action;
    }

    @Override
    public void iterating() {}

    @Override
    public void turnBegins() {
        beginning.run();
    }

    @Override
    public void turnEnds(int depth) {}

    @Override
    public void dispatch(Runnable turn) {
        turn.run();
    }

    @Override
    public boolean hasTasks(boolean foreign) {
        return !tasks.isEmpty();
    }

    @Override
    public long deadline(boolean foreign) {
        return NO_DEADLINE;
    }

    @Override
    public long nanosUntil(long deadline) {
        return Long.MAX_VALUE;
    }

    @Override
    public void run(long nanos) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
