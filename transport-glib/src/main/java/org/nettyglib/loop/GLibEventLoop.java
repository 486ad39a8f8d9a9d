package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandler;
import io.netty.util.internal.ObjectUtil;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that is a {@code GMainContext}: its channels, tasks and timers are sources of that context, next to
 * whatever else is attached to it. A {@link GLibEventLoopGroup} makes them.
 *
 * <p>The thread of a loop with one of its own owns the context and has it as its thread-default context from the first
 * task to the end. A GLib callback on the context therefore runs on the loop's thread, where {@link #inEventLoop()} is
 * true, and may call anything of Netty's. For an attached loop this is the thread that iterates the context.
 */
public final class GLibEventLoop extends SingleThreadIoEventLoop {
    /** How many tasks are run between two looks at the clock. */
    private static final int TASKS_BETWEEN_LOOKS = 4;

    /** Netty's default. */
    private static final long SHUTDOWN_TIMEOUT_SECONDS = 15;

    /** Longer than anybody waits, and still to be added to a time. */
    static final long MAX_SHUTDOWN_NANOS = Long.MAX_VALUE / 4;

    /** What has to be closed by a callback has so much time for it in any case. */
    static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Queue<Runnable> tasks;
    private final GLibLoopMetrics metrics;
    private final @Nullable Attachment attachment;
    private final LoopObservers observers;
    private volatile long shutdownTimeoutNanos = TimeUnit.SECONDS.toNanos(SHUTDOWN_TIMEOUT_SECONDS);

    /** When the end waits no longer for handles; 0 before it does. */
    private long handlesDeadline;

    private @Nullable Future<?> handlesAlarm;

    /** @param executor runs the loop for its whole life, unless it is an {@link Attachment} */
    GLibEventLoop(
            IoEventLoopGroup parent,
            Executor executor,
            IoHandlerFactory factory,
            RejectedExecutionHandler rejectedExecutionHandler) {
        this(parent, executor, factory, rejectedExecutionHandler, newTaskQueue0(DEFAULT_MAX_PENDING_TASKS));
    }

    private GLibEventLoop(
            IoEventLoopGroup parent,
            Executor executor,
            IoHandlerFactory factory,
            RejectedExecutionHandler rejectedExecutionHandler,
            Queue<Runnable> tasks) {
        super(parent, executor, factory, tasks, newTaskQueue0(DEFAULT_MAX_PENDING_TASKS), rejectedExecutionHandler);
        this.tasks = tasks;
        metrics = handler().newMetrics(this);
        attachment = executor instanceof Attachment own ? own : null;
        if (attachment != null) {
            attachment.bind(this, super.terminationFuture());
        }
        observers = handler().newObservers(this, attachment == null ? null : attachment.owner());
    }

    GLibIoHandler handler() {
        return (GLibIoHandler) ioHandler();
    }

    LoopObservers observers() {
        return observers;
    }

    /**
     * The context that this loop is in: attach sources to it, or run a {@code MainLoop} on it inside a handler. From any
     * thread.
     *
     * @return an object for the context, which stays good after the loop has ended
     * @throws IllegalStateException if the loop has ended
     */
    public MainContext mainContext() {
        return handler().mainContext();
    }

    /** {@return whether the loop has no thread of its own, see {@link GLibEventLoopGroup#attach(MainContext)}} */
    public boolean isAttached() {
        return attachment != null;
    }

    /** {@return what this loop counts of itself} */
    public GLibLoopMetrics metrics() {
        return metrics;
    }

    /**
     * Says whether a thread is this loop's. An attached loop's is the one that runs the context at the moment, see
     * {@link GLibLoopOptions#owner(Thread)}.
     */
    @Override
    public boolean inEventLoop(Thread thread) {
        return attachment == null
                ? super.inEventLoop(thread)
                : attachment.owner().is(thread);
    }

    /** The life of a loop with a thread; of an attached one, the end. */
    @Override
    protected void run() {
        if (attachment == null) {
            iterate();
        } else {
            attachment.rethrowRefusal();
            confirmShutdown();
        }
    }

    private void iterate() {
        GLibIoHandler handler = handler();
        handler.initialize();
        boolean ended = false;
        while (!ended && !canSuspend()) {
            // Tasks run inside, as a source of the context.
            runIo();
            // Asked once: a shutdown that comes later must not be confirmed before the channels are closed.
            if (isShuttingDown()) {
                handler.prepareToDestroy();
                boolean confirmed = confirmShutdown();
                // Its tasks may have registered something, which has to hear of the end before the loop sleeps.
                handler.prepareToDestroy();
                ended = confirmed && !waitsForHandles();
            }
        }
        if (!isShuttingDown()) {
            handler.suspend();
        }
        if (handlesAlarm != null) {
            handlesAlarm.cancel(false);
        }
    }

    /** Whether callbacks of handles that were asked to close are still to come, and the time for that is not over. */
    private boolean waitsForHandles() {
        if (!handler().waitsForHandles()) {
            return false;
        }
        long now = ticker().nanoTime();
        if (handlesDeadline == 0) {
            long timeout = Math.max(shutdownTimeoutNanos, MIN_WAIT_NANOS);
            handlesDeadline = now + timeout;
            handlesAlarm = GlobalEventExecutor.INSTANCE.schedule(handler()::wakeup, timeout, TimeUnit.NANOSECONDS);
        }
        return now - handlesDeadline < 0;
    }

    @Override
    protected boolean hasTasks() {
        return super.hasTasks();
    }

    long nextDeadline() {
        return nextScheduledTaskDeadlineNanos();
    }

    void cancelTimers() {
        cancelScheduledTasks();
    }

    /**
     * Runs tasks and due timers for about the given time.
     *
     * @return whether there were any
     */
    boolean runTasks(long nanos) {
        fetchFromScheduledTaskQueue(tasks);
        Runnable task = pollTask();
        if (task == null) {
            afterRunningAllTasks();
            return false;
        }
        long start = ticker().nanoTime();
        for (int run = 1; task != null; run++) {
            safeExecute(task);
            boolean look = run % TASKS_BETWEEN_LOOKS == 0;
            task = look && ticker().nanoTime() - start >= nanos ? null : pollTask();
        }
        reportActiveIoTime(ticker().nanoTime() - start);
        afterRunningAllTasks();
        updateLastExecutionTime();
        return true;
    }

    /** How many channels are registered here. From any thread; a moment later it can be another number. */
    @Override
    public int registeredChannels() {
        return Math.max(0, getNumOfRegisteredChannels() - handler().others());
    }

    /** The channels that are registered here, as they are now. On the loop's thread only. */
    @Override
    public Iterator<Channel> registeredChannelsIterator() {
        if (!inEventLoop()) {
            throw new IllegalStateException(
                    "registeredChannelsIterator() may be called on the event loop's own thread only");
        }
        return handler().channels().iterator();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        if (isShuttingDown()) {
            return super.shutdownGracefully(quietPeriod, timeout, unit);
        }
        if (attachment == null) {
            shutdownTimeoutNanos = Math.min(unit.toNanos(timeout), MAX_SHUTDOWN_NANOS);
            return super.shutdownGracefully(quietPeriod, timeout, unit);
        }
        ObjectUtil.checkInRange(quietPeriod, 0, timeout, "quietPeriod");
        attachment.shutdown().request(unit.toNanos(quietPeriod), unit.toNanos(timeout));
        // Netty's own quiet period would make the thread sleep.
        super.shutdownGracefully(0, timeout, unit);
        attachment.shuttingDown();
        return terminationFuture();
    }

    /** As {@code shutdownGracefully} without a quiet period; of an attached loop it is just that. */
    @Deprecated
    @Override
    public void shutdown() {
        if (attachment == null) {
            super.shutdown();
        } else {
            shutdownGracefully(0, SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Ends an attached loop now. */
    void shutdownAtOnce() {
        super.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Future<?> terminationFuture() {
        return attachment == null ? super.terminationFuture() : attachment.termination();
    }

    @Override
    protected boolean confirmShutdown() {
        if (attachment != null) {
            // Netty's own sleeps if the clock says the same as when a task ran last.
            long now = ticker().nanoTime();
            while (ticker().nanoTime() == now) {
                Thread.onSpinWait();
            }
        }
        return super.confirmShutdown();
    }
}
