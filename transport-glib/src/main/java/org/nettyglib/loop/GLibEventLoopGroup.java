package org.nettyglib.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorChooserFactory;
import io.netty.util.concurrent.EventExecutorChooserFactory;
import io.netty.util.concurrent.RejectedExecutionHandler;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Event loops that are GLib main contexts, each on a thread of its own.
 *
 * <ul>
 *   <li>{@link #GLibEventLoopGroup()} is one loop, and its context is GLib's <em>default</em> one. What GLib code
 *       anywhere attaches without naming a context (a timeout, the bus watch of a pipeline) runs on that loop's thread,
 *       which starts with the group. One such group can exist at a time.
 *   <li>{@link #GLibEventLoopGroup(int)} is a number of loops with contexts of their own.
 * </ul>
 *
 * <p>Every constructor throws an {@link UnsatisfiedLinkError} that says what is missing if this transport cannot work
 * here (see {@link GLibTransport}).
 */
public final class GLibEventLoopGroup extends MultiThreadIoEventLoopGroup {
    /**
     * One loop on GLib's default main context.
     *
     * @throws IllegalStateException if that context has an event loop already or is owned by a thread
     */
    public GLibEventLoopGroup() {
        this((ThreadFactory) null);
    }

    /**
     * One loop on GLib's default main context.
     *
     * @param threadFactory makes the loop's thread; null for Netty's default
     * @throws IllegalStateException if that context has an event loop already or is owned by a thread
     */
    public GLibEventLoopGroup(@Nullable ThreadFactory threadFactory) {
        this(threadFactory, GLibBackend.fromProperty());
    }

    /**
     * One loop on GLib's default main context.
     *
     * @param threadFactory makes the loop's thread; null for Netty's default
     * @param backend how descriptors are watched
     * @throws IllegalStateException if that context has an event loop already or is owned by a thread
     */
    public GLibEventLoopGroup(@Nullable ThreadFactory threadFactory, GLibBackend backend) {
        super(1, threadFactory, GLibIoHandler.newDefaultContextFactory(backend), RejectedExecutionHandlers.reject());
        startLoop();
    }

    /** Not with Netty's first task, as other loops: what GLib code attaches to the default context waits for it. */
    private void startLoop() {
        IoEventLoop loop = next();
        loop.submit(() -> {}).awaitUninterruptibly();
        if (loop.isShuttingDown()) {
            Throwable cause = loop.terminationFuture().awaitUninterruptibly().cause();
            throw new IllegalStateException(cause.getMessage(), cause);
        }
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     */
    public GLibEventLoopGroup(int nThreads) {
        this(nThreads, (ThreadFactory) null);
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     * @param threadFactory makes the loops' threads; null for Netty's default
     */
    public GLibEventLoopGroup(int nThreads, @Nullable ThreadFactory threadFactory) {
        this(nThreads, threadFactory, GLibBackend.fromProperty());
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     * @param threadFactory makes the loops' threads; null for Netty's default
     * @param backend how descriptors are watched
     */
    public GLibEventLoopGroup(int nThreads, @Nullable ThreadFactory threadFactory, GLibBackend backend) {
        super(nThreads, threadFactory, GLibIoHandler.newLoopFactory(backend), RejectedExecutionHandlers.reject());
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     * @param executor runs each loop, for its whole life, on a platform thread; null for Netty's default
     */
    public GLibEventLoopGroup(int nThreads, @Nullable Executor executor) {
        this(
                nThreads,
                executor,
                DefaultEventExecutorChooserFactory.INSTANCE,
                RejectedExecutionHandlers.reject(),
                GLibBackend.fromProperty());
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     * @param executor runs each loop, for its whole life, on a platform thread; null for Netty's default
     * @param chooserFactory chooses the loop of a new channel
     * @param rejectedExecutionHandler is asked when a task is rejected
     * @param backend how descriptors are watched
     */
    public GLibEventLoopGroup(
            int nThreads,
            @Nullable Executor executor,
            EventExecutorChooserFactory chooserFactory,
            RejectedExecutionHandler rejectedExecutionHandler,
            GLibBackend backend) {
        super(nThreads, executor, GLibIoHandler.newLoopFactory(backend), chooserFactory, rejectedExecutionHandler);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory ioHandlerFactory, Object... args) {
        return new GLibEventLoop(this, executor, ioHandlerFactory, (RejectedExecutionHandler) args[0]);
    }
}
