package org.nettyglib.loop;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import org.nettyglib.poll.LoopWork;

/** The tasks and timers of a {@link GLibEventLoop}, which run in any iteration of its context. */
sealed class EventLoopWork implements LoopWork permits AttachedWork {
    private final GLibEventLoop loop;
    private final ActiveTime activeTime;

    EventLoopWork(GLibEventLoop loop, ActiveTime activeTime) {
        this.loop = loop;
        this.activeTime = activeTime;
    }

    final GLibEventLoop loop() {
        return loop;
    }

    @Override
    public void iterating() {}

    @Override
    public boolean hasTasks(boolean foreign) {
        return loop.hasTasks();
    }

    @Override
    public long deadline(boolean foreign) {
        return loop.nextDeadline();
    }

    @Override
    public final long nanosUntil(long deadline) {
        return deadline - loop.ticker().nanoTime();
    }

    @Override
    public final void turnBegins() {
        loop.observers().events().turnBegins();
    }

    @Override
    public final void turnEnds(int depth) {
        loop.observers().events().turnEnds(depth);
    }

    @Override
    public void dispatch(Runnable turn) {
        EventExecutor before = ThreadExecutorMap.currentExecutor();
        if (before == loop) {
            turn.run();
            return;
        }
        // A main loop that this one is run by may be inside a handler of another.
        ThreadExecutorMap.setCurrentExecutor(loop);
        try {
            turn.run();
        } finally {
            ThreadExecutorMap.setCurrentExecutor(before);
        }
    }

    @Override
    public void run(long nanos) {
        // Tasks report their time themselves.
        activeTime.stop();
        loop.runTasks(nanos);
    }
}
