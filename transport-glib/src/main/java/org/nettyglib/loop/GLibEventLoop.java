package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandler;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;

/**
 * An event loop that is a {@code GMainContext}: its channels, tasks and timers are sources of that context, next to
 * whatever else is attached to it. A {@link GLibEventLoopGroup} makes them.
 *
 * <p>The loop's thread owns the context and has it as its thread-default context from the first task to the end. A GLib
 * callback on the context therefore runs on the loop's thread, where {@link #inEventLoop()} is true, and may call
 * anything of Netty's.
 */
public final class GLibEventLoop extends SingleThreadIoEventLoop {
    /** For how long a dispatch runs tasks before GLib's other sources have their turn. */
    private static final long TASK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    GLibEventLoop(
            IoEventLoopGroup parent,
            Executor executor,
            IoHandlerFactory factory,
            RejectedExecutionHandler rejectedExecutionHandler) {
        super(parent, executor, factory, DEFAULT_MAX_PENDING_TASKS, rejectedExecutionHandler, 0);
    }

    private GLibIoHandler handler() {
        return (GLibIoHandler) ioHandler();
    }

    /**
     * The context that this loop iterates: attach sources to it, or run a {@code MainLoop} on it inside a handler. From
     * any thread.
     *
     * @return an object for the context, which stays good after the loop has ended
     */
    public MainContext mainContext() {
        return handler().mainContext();
    }

    @Override
    protected void run() {
        GLibIoHandler handler = handler();
        handler.initialize();
        boolean ended = false;
        while (!ended && !canSuspend()) {
            // Tasks run inside, as a source of the context.
            runIo();
            // Asked once: a shutdown that comes later must not be confirmed before the channels are closed.
            if (isShuttingDown()) {
                handler.prepareToDestroy();
                ended = confirmShutdown();
            }
        }
        if (!isShuttingDown()) {
            handler.suspend();
        }
    }

    @Override
    protected boolean hasTasks() {
        return super.hasTasks();
    }

    long nextDeadline() {
        return nextScheduledTaskDeadlineNanos();
    }

    void runTasks() {
        runAllTasks(TASK_NANOS);
    }

    /** How many channels are registered here. From any thread; a moment later it can be another number. */
    @Override
    public int registeredChannels() {
        return getNumOfRegisteredChannels();
    }

    /** The channels that are registered here, as they are now. On the loop's thread only. */
    @Override
    public Iterator<Channel> registeredChannelsIterator() {
        if (!inEventLoop()) {
            throw new IllegalStateException(
                    "registeredChannelsIterator() may be called on the event loop's own thread only");
        }
        List<Channel> channels = handler().registrations().stream()
                .map(LoopRegistration::channel)
                .filter(Objects::nonNull)
                .toList();
        return channels.iterator();
    }
}
