package org.nettyglib.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorChooserFactory;
import io.netty.util.concurrent.EventExecutorChooserFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.RejectedExecutionHandler;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import io.netty.util.internal.ObjectUtil;
import java.lang.ref.Reference;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;

/**
 * Event loops that are GLib main contexts, each on a thread of its own, or one in a context that somebody else iterates.
 *
 * <ul>
 *   <li>{@link #GLibEventLoopGroup()} is one loop, and its context is GLib's <em>default</em> one. What GLib code
 *       anywhere attaches without naming a context (a timeout, the bus watch of a pipeline) runs on that loop's thread,
 *       which starts with the group. One such group can exist at a time.
 *   <li>{@link #GLibEventLoopGroup(int)} is a number of loops with contexts of their own.
 * </ul>
 *
 * <p>{@link #attach(MainContext)} is one loop without a thread, in a context that somebody else iterates.
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
        this(threadFactory, GLibLoopOptions.defaults());
    }

    /**
     * One loop on GLib's default main context.
     *
     * @param threadFactory makes the loop's thread; null for Netty's default
     * @param options how the loops behave; an owner is not asked for
     * @throws IllegalStateException if that context has an event loop already or is owned by a thread
     */
    public GLibEventLoopGroup(@Nullable ThreadFactory threadFactory, GLibLoopOptions options) {
        super(1, threadFactory, GLibIoHandler.newDefaultContextFactory(options), RejectedExecutionHandlers.reject());
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
        this(nThreads, threadFactory, GLibLoopOptions.defaults());
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     * @param threadFactory makes the loops' threads; null for Netty's default
     * @param options how the loops behave; an owner is not asked for
     */
    public GLibEventLoopGroup(int nThreads, @Nullable ThreadFactory threadFactory, GLibLoopOptions options) {
        super(nThreads, threadFactory, GLibIoHandler.newLoopFactory(options), RejectedExecutionHandlers.reject());
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
                GLibLoopOptions.defaults());
    }

    /**
     * Loops with main contexts of their own.
     *
     * @param nThreads how many; 0 for Netty's default, twice the number of processors
     * @param executor runs each loop, for its whole life, on a platform thread; null for Netty's default
     * @param chooserFactory chooses the loop of a new channel
     * @param rejectedExecutionHandler is asked when a task is rejected
     * @param options how the loops behave; an owner is not asked for
     */
    public GLibEventLoopGroup(
            int nThreads,
            @Nullable Executor executor,
            EventExecutorChooserFactory chooserFactory,
            RejectedExecutionHandler rejectedExecutionHandler,
            GLibLoopOptions options) {
        super(nThreads, executor, GLibIoHandler.newLoopFactory(options), chooserFactory, rejectedExecutionHandler);
    }

    private GLibEventLoopGroup(ContextLease lease, Attachment attachment, GLibLoopOptions options) {
        super(
                1,
                attachment,
                GLibIoHandler.newAttachedFactory(lease, options, attachment),
                RejectedExecutionHandlers.reject());
        next().handler().initialize();
    }

    /**
     * One loop on GLib's default main context, with no thread of its own, see {@link #attach(MainContext)}.
     *
     * @return a group of this loop
     * @throws IllegalStateException if that context has an event loop already
     */
    public static GLibEventLoopGroup attach() {
        return attach(null, GLibLoopOptions.defaults());
    }

    /**
     * One loop on a main context that somebody else iterates: GTK's {@code Application.run}, a {@code GMainLoop}, or
     * {@code iteration} called again and again. Its channels, tasks and timers are served there and nowhere else, so they
     * share the thread with all other callbacks of the context, which may use the channels and the loop directly.
     *
     * <p>Nothing happens before the context is iterated. Do not wait for the loop ({@code sync()}) on the thread that is to
     * run it: add a listener, or name that thread by {@link GLibLoopOptions#owner(Thread)}.
     *
     * <p>Shut down, the loop never makes its thread wait; the quiet period passes between two turns. If the thread's main loop
     * is over and it calls {@code shutdownGracefully} itself, the channels are closed at once. If nobody owns the context and
     * nobody has iterated it for a second, the loop is ended by another thread. If a thread owns it and does not let the loop
     * end until the timeout has passed, the termination future fails.
     *
     * @param context the context
     * @return a group of this loop
     * @throws IllegalStateException if the context has an event loop already
     */
    public static GLibEventLoopGroup attach(MainContext context) {
        return attach(context, GLibLoopOptions.defaults());
    }

    /**
     * The same as {@link #attach(MainContext)} with options: a priority and a budget beside the other sources, and who
     * iterates the context.
     *
     * @param context the context; null for GLib's default one
     * @param options how the loop behaves
     * @return a group of this loop
     * @throws IllegalStateException if the context has an event loop already
     */
    public static GLibEventLoopGroup attach(@Nullable MainContext context, GLibLoopOptions options) {
        GLibTransport.ensureAvailability();
        ObjectUtil.checkNotNull(options, "options");
        long address = context == null
                ? LibGlib.g_main_context_default()
                : context.handle().address();
        ContextLease lease = ContextLease.ofAttached(address);
        Reference.reachabilityFence(context);
        return new GLibEventLoopGroup(lease, new Attachment(new Owner(address, options.owner())), options);
    }

    /** {@return the end of all loops; that of an attached loop fails if its owner does not let it end in time} */
    @Override
    public Future<?> terminationFuture() {
        // Not next(), which is to give the loops in turn.
        GLibEventLoop loop = (GLibEventLoop) iterator().next();
        return loop.isAttached() ? loop.terminationFuture() : super.terminationFuture();
    }

    /** {@return the next loop, in turn} */
    @Override
    public GLibEventLoop next() {
        return (GLibEventLoop) super.next();
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory ioHandlerFactory, Object... args) {
        return new GLibEventLoop(this, executor, ioHandlerFactory, (RejectedExecutionHandler) args[0]);
    }
}
