package org.nettyglib.util;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Tells the listeners of futures on a loop's thread and, when the loop has ended, on Netty's global one: a future that fails
 * because of that end is told, too.
 */
public final class LoopNotifier extends AbstractEventExecutor {
    private final EventLoop loop;

    public LoopNotifier(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            GlobalEventExecutor.INSTANCE.execute(task);
        }
    }

    /** Runs something on the loop's thread in a while, unless the loop ends before. */
    public void after(long millis, Runnable task) {
        try {
            loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Whatever it was for has ended with the loop.
            return;
        }
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return loop.inEventLoop(thread);
    }

    @Override
    public boolean isShuttingDown() {
        return loop.isShuttingDown();
    }

    @Override
    public boolean isShutdown() {
        return loop.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loop.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loop.awaitTermination(timeout, unit);
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("shut the event loop down instead");
    }

    @Override
    public Future<?> terminationFuture() {
        return loop.terminationFuture();
    }

    @Deprecated
    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("shut the event loop down instead");
    }
}
