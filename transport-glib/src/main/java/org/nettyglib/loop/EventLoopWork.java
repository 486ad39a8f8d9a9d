package org.nettyglib.loop;

import org.nettyglib.poll.LoopWork;

/** The tasks and timers of a {@link GLibEventLoop}, which run in any iteration of its context. */
final class EventLoopWork implements LoopWork {
    private final GLibEventLoop loop;

    EventLoopWork(GLibEventLoop loop) {
        this.loop = loop;
    }

    @Override
    public boolean hasTasks(boolean foreign) {
        return loop.hasTasks();
    }

    @Override
    public long deadline(boolean foreign) {
        return loop.nextDeadline();
    }

    @Override
    public long nanosUntil(long deadline) {
        return deadline - loop.ticker().nanoTime();
    }

    @Override
    public void run() {
        loop.runTasks();
    }
}
