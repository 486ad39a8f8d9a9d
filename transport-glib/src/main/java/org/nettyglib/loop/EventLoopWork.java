package org.nettyglib.loop;

import org.nettyglib.poll.LoopWork;

/** The tasks and timers of a {@link GLibEventLoop}, which run in any iteration of its context. */
final class EventLoopWork implements LoopWork {
    private final GLibEventLoop loop;
    private final ActiveTime activeTime;

    EventLoopWork(GLibEventLoop loop, ActiveTime activeTime) {
        this.loop = loop;
        this.activeTime = activeTime;
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
        // Tasks report their time themselves.
        activeTime.stop();
        loop.runTasks();
    }
}
