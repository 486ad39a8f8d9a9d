package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.local.LocalIoHandle;
import io.netty.channel.unix.IovArray;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.StringUtil;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.poll.BackOff;
import org.nettyglib.poll.LoopStatistics;
import org.nettyglib.poll.LoopWork;
import org.nettyglib.poll.ReadinessBackend;
import org.nettyglib.poll.Watch;

/**
 * The {@link IoHandler} that waits in a {@code GMainContext}. It serves every {@link io.netty.channel.IoEventLoop}; only
 * a {@link GLibEventLoop} also runs its tasks and timers while a handler runs a nested {@code GMainLoop}.
 *
 * <p>All methods but {@link #wakeup()} and {@link #mainContext()} are called on the loop's thread.
 */
public final class GLibIoHandler implements IoHandler {
    /** How long the end of a loop of another class waits for callbacks that were asked to come at once. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Set<LoopRegistration> registrations = new HashSet<>();
    private final ActiveTime activeTime = new ActiveTime();
    private final LoopStatistics statistics = new LoopStatistics();
    private final ThreadAwareExecutor executor;
    private final ContextLease lease;
    private final LoopWork work;
    private final ReadinessBackend backend;
    private final Duration watchdog;
    private @Nullable LoopObservers observers;
    private @Nullable IovArray iovArray;
    private final int priority;
    private boolean attached;
    private int handled;
    private long registered;
    private int waitedFor;

    /** Registrations that are of no channel. Written on the loop's thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private volatile int others;

    private GLibIoHandler(
            ThreadAwareExecutor executor,
            ContextLease lease,
            GLibLoopOptions options,
            @Nullable Attachment attachment) {
        this.executor = executor;
        this.lease = lease;
        priority = options.priority();
        watchdog = options.watchdog();
        work = newWork(executor, attachment);
        boolean opened = false;
        try {
            backend = options.backend()
                    .open(lease.context(), priority, budgetNanos(options, attachment), work, statistics);
            opened = true;
        } finally {
            if (!opened) {
                lease.end();
            }
        }
    }

    private LoopWork newWork(ThreadAwareExecutor executor, @Nullable Attachment attachment) {
        if (!(executor instanceof GLibEventLoop loop)) {
            return new ForeignLoopWork();
        }
        return attachment == null
                ? new EventLoopWork(loop, activeTime)
                : new AttachedWork(loop, activeTime, attachment);
    }

    private static long budgetNanos(GLibLoopOptions options, @Nullable Attachment attachment) {
        Duration budget = options.dispatchBudget();
        if (budget == null) {
            budget = attachment == null ? Duration.ZERO : Attachment.defaultBudget();
        }
        return budget.toNanos();
    }

    /**
     * A factory whose handlers have a new main context each, and the backend that {@link GLibBackend#PROPERTY} names.
     *
     * @return a factory, good for any number of loops
     * @throws UnsatisfiedLinkError if this transport cannot work here, see {@link GLibTransport}
     */
    public static IoHandlerFactory newFactory() {
        return newFactory(GLibLoopOptions.defaults());
    }

    /**
     * A factory whose handlers have a new main context each.
     *
     * @param options how the loops behave; an owner and a watchdog are not asked for
     * @return a factory, good for any number of loops
     * @throws UnsatisfiedLinkError if this transport cannot work here, see {@link GLibTransport}
     */
    public static IoHandlerFactory newFactory(GLibLoopOptions options) {
        GLibTransport.ensureAvailability();
        // A loop of another class would not give the context back when its thread changes.
        return new Factory(ContextLease::ofNew, options, null, false);
    }

    /** The same for {@link GLibEventLoop}s, which may be suspended and resumed on another thread. */
    static IoHandlerFactory newLoopFactory(GLibLoopOptions options) {
        GLibTransport.ensureAvailability();
        return new Factory(ContextLease::ofNew, options, null, true);
    }

    /** A factory whose handler iterates GLib's default main context: it makes one at a time. */
    static IoHandlerFactory newDefaultContextFactory(GLibLoopOptions options) {
        GLibTransport.ensureAvailability();
        ContextLease.requireDefaultIsFree();
        // What GLib code has attached to it waits for no channel: its loop is never suspended.
        return new Factory(ContextLease::ofDefault, options, null, false);
    }

    /** A factory for the one loop of a context that others iterate. */
    static IoHandlerFactory newAttachedFactory(ContextLease lease, GLibLoopOptions options, Attachment attachment) {
        return new Factory(() -> lease, options, attachment, false);
    }

    private record Factory(
            Supplier<ContextLease> lease,
            GLibLoopOptions options,
            @Nullable Attachment attachment,
            boolean isChangingThreadSupported)
            implements IoHandlerFactory {
        Factory {
            ObjectUtil.checkNotNull(options, "options");
        }

        @Override
        public IoHandler newHandler(ThreadAwareExecutor executor) {
            return new GLibIoHandler(ObjectUtil.checkNotNull(executor, "executor"), lease.get(), options, attachment);
        }
    }

    /**
     * The context that this handler waits in, for {@code attach} and {@code MainLoop}. From any thread.
     *
     * @return an object for the context, which stays good after the loop has ended
     * @throws IllegalStateException if the loop has ended
     */
    public MainContext mainContext() {
        return lease.mainContext();
    }

    /** Called again when a suspended loop goes on, on another thread perhaps. */
    @Override
    public void initialize() {
        lease.enter();
        // Before anything can end the loop.
        if (observers != null) {
            observers.open();
        }
        if (!attached) {
            backend.attach();
            attached = true;
        }
    }

    /** Gives the context back, until {@link #initialize()} is called on the thread that goes on. */
    void suspend() {
        lease.leave();
    }

    @Override
    public int run(IoHandlerContext context) {
        boolean mayBlock = true;
        if (work instanceof ForeignLoopWork foreign) {
            foreign.context(context);
            mayBlock = context.canBlock();
        }
        handled = 0;
        boolean report = context.shouldReportActiveIoTime();
        activeTime.reset(report);
        try {
            backend.iterate(mayBlock);
        } catch (RuntimeException e) {
            BackOff.after(e);
        }
        if (report) {
            activeTime.stop();
            context.reportActiveIoTime(activeTime.nanos());
        }
        return handled;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
        LoopRegistration registration = switch (handle) {
            case GLibIoHandle glibHandle -> new GLibIoRegistration(this, glibHandle);
            case LocalIoHandle localHandle -> new LocalRegistration(this, localHandle);
            case GLibContextHandle contextHandle -> new ContextRegistration(this, contextHandle);
            default ->
                throw new IllegalArgumentException("IoHandle of type " + StringUtil.simpleClassName(handle)
                        + " not supported: a GLib loop takes a GLibIoHandle, such as GLibSocketChannel's");
        };
        registrations.add(registration);
        registered++;
        if (registration.isWaitedFor()) {
            waitedFor++;
        }
        if (!registration.isChannel()) {
            others++;
        }
        boolean told = false;
        try {
            handle.registered();
            told = true;
        } finally {
            if (!told) {
                registration.cancel();
            }
        }
        return registration;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return GLibIoHandle.class.isAssignableFrom(handleType)
                || GLibContextHandle.class.isAssignableFrom(handleType)
                || LocalIoHandle.class.isAssignableFrom(handleType);
    }

    /** Ends a wait. From any thread. */
    @Override
    public void wakeup() {
        // The loop's own thread is no exception: it may be in the callback of a source that GLib asks after ours.
        backend.wakeup();
    }

    @Override
    public void prepareToDestroy() {
        // A copy, because each of them leaves the set.
        List.copyOf(registrations).forEach(LoopRegistration::closeHandle);
    }

    /**
     * Closes channels, one at least, for about the given time.
     *
     * @return whether some are left
     */
    boolean closeSome(long nanos) {
        long end = System.nanoTime() + nanos;
        for (LoopRegistration registration : List.copyOf(registrations)) {
            registration.closeHandle();
            if (System.nanoTime() - end >= 0) {
                return !registrations.isEmpty();
            }
        }
        return false;
    }

    /** {@return how many handles were ever registered} */
    long registered() {
        return registered;
    }

    /** Whether handles that were asked to close still wait for their callbacks. */
    boolean waitsForHandles() {
        return waitedFor > 0;
    }

    @Override
    public void destroy() {
        // What was registered by the loop's very last tasks.
        prepareToDestroy();
        if (work instanceof ForeignLoopWork) {
            // Other loops wait for their registrations no more than for anything else.
            awaitHandles();
        }
        List.copyOf(registrations).forEach(LoopRegistration::cancel);
        if (observers != null) {
            observers.close();
        }
        backend.close();
        lease.leave();
        lease.end();
        if (iovArray != null) {
            iovArray.release();
            iovArray = null;
        }
    }

    private void awaitHandles() {
        long end = System.nanoTime() + MAX_WAIT_NANOS;
        while (waitsForHandles() && System.nanoTime() - end < 0) {
            if (!LibGlib.g_main_context_iteration(lease.context(), false)) {
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            }
        }
    }

    /** Does something as a source of the loop would. On the thread that owns the context. */
    void dispatch(Runnable turn) {
        backend.take(turn);
    }

    GLibLoopMetrics newMetrics(GLibEventLoop loop) {
        return new GLibLoopMetrics(statistics, new LoopLag(loop, statistics));
    }

    /** Those who look at this handler's loop from its beginning to its end. */
    LoopObservers newObservers(GLibEventLoop loop, @Nullable Owner owner) {
        observers = new LoopObservers(loop, lease.name(), owner, watchdog);
        return observers;
    }

    /** GLib's priority of all that has none of its own. */
    int priority() {
        return priority;
    }

    Watch watch(int fd, Watch.Listener listener) {
        return backend.watch(fd, listener);
    }

    void remove(LoopRegistration registration) {
        if (!registrations.remove(registration)) {
            return;
        }
        if (registration.isWaitedFor()) {
            waitedFor--;
        }
        if (!registration.isChannel()) {
            others--;
        }
    }

    /** How many registrations are of no channel. From any thread. */
    int others() {
        return others;
    }

    long contextAddress() {
        return lease.context();
    }

    /** The channels that are registered here now. */
    List<Channel> channels() {
        return registrations.stream()
                .map(LoopRegistration::channel)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Shared by the channels of this loop for the length of a system call. Allocated with the first use. */
    IovArray iovArray() {
        if (iovArray == null) {
            iovArray = new IovArray();
        }
        return iovArray;
    }

    /** A handle is about to be told of an event. */
    void countHandled() {
        handled++;
        activeTime.start();
    }

    boolean inLoop() {
        return executor.isExecutorThread(Thread.currentThread());
    }

    /** Runs now on the loop's thread, as a task on any other. */
    void runInLoop(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }
}
