package org.nettyglib.loop;

import io.netty.channel.IoHandlerContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.poll.LoopWork;

/**
 * The tasks and timers of any other {@link io.netty.channel.IoEventLoop}, such as
 * {@link io.netty.channel.ManualIoEventLoop}. They are out of our reach: the loop runs them itself after each
 * {@link GLibIoHandler#run}, and a nested main loop cannot.
 */
final class ForeignLoopWork implements LoopWork {
    private @Nullable IoHandlerContext context;

    void context(IoHandlerContext context) {
        this.context = context;
    }

    @Override
    public void iterating() {}

    @Override
    public boolean hasTasks(boolean foreign) {
        return !foreign && context != null && !context.canBlock();
    }

    @Override
    public long deadline(boolean foreign) {
        return foreign || context == null ? NO_DEADLINE : context.deadlineNanos();
    }

    @Override
    public long nanosUntil(long deadline) {
        return context == null ? Long.MAX_VALUE : context.delayNanos(System.nanoTime());
    }

    @Override
    public void turnBegins() {}

    @Override
    public void turnEnds(int depth) {}

    @Override
    public void dispatch(Runnable turn) {
        turn.run();
    }

    @Override
    public void run(long nanos) {}
}
