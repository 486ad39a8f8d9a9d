package org.nettyglib.loop;

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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.poll.BackOff;
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
    private final Set<LoopRegistration> registrations = new HashSet<>();
    private final ActiveTime activeTime = new ActiveTime();
    private final ThreadAwareExecutor executor;
    private final ContextLease lease;
    private final LoopWork work;
    private final ReadinessBackend backend;
    private @Nullable IovArray iovArray;
    private boolean attached;
    private int handled;

    private GLibIoHandler(ThreadAwareExecutor executor, ContextLease lease, GLibBackend backend) {
        this.executor = executor;
        this.lease = lease;
        work = executor instanceof GLibEventLoop loop ? new EventLoopWork(loop, activeTime) : new ForeignLoopWork();
        boolean opened = false;
        try {
            this.backend = backend.open(lease.context(), work);
            opened = true;
        } finally {
            if (!opened) {
                lease.end();
            }
        }
    }

    /**
     * A factory whose handlers have a new main context each, and the backend that {@link GLibBackend#PROPERTY} names.
     *
     * @return a factory, good for any number of loops
     * @throws UnsatisfiedLinkError if this transport cannot work here, see {@link GLibTransport}
     */
    public static IoHandlerFactory newFactory() {
        return newFactory(GLibBackend.fromProperty());
    }

    /**
     * A factory whose handlers have a new main context each.
     *
     * @param backend how descriptors are watched
     * @return a factory, good for any number of loops
     * @throws UnsatisfiedLinkError if this transport cannot work here, see {@link GLibTransport}
     */
    public static IoHandlerFactory newFactory(GLibBackend backend) {
        GLibTransport.ensureAvailability();
        // A loop of another class would not give the context back when its thread changes.
        return new Factory(ContextLease::ofNew, backend, false);
    }

    /** The same for {@link GLibEventLoop}s, which may be suspended and resumed on another thread. */
    static IoHandlerFactory newLoopFactory(GLibBackend backend) {
        GLibTransport.ensureAvailability();
        return new Factory(ContextLease::ofNew, backend, true);
    }

    /** A factory whose handler iterates GLib's default main context: it makes one at a time. */
    static IoHandlerFactory newDefaultContextFactory(GLibBackend backend) {
        GLibTransport.ensureAvailability();
        ContextLease.requireDefaultIsFree();
        // What GLib code has attached to it waits for no channel: its loop is never suspended.
        return new Factory(ContextLease::ofDefault, backend, false);
    }

    private record Factory(Supplier<ContextLease> lease, GLibBackend backend, boolean isChangingThreadSupported)
            implements IoHandlerFactory {
        Factory {
            ObjectUtil.checkNotNull(backend, "backend");
        }

        @Override
        public IoHandler newHandler(ThreadAwareExecutor executor) {
            return new GLibIoHandler(ObjectUtil.checkNotNull(executor, "executor"), lease.get(), backend);
        }
    }

    /**
     * The context that this handler waits in, for {@code attach} and {@code MainLoop}. From any thread.
     *
     * @return an object for the context, which stays good after the loop has ended
     */
    public MainContext mainContext() {
        return ContextProxy.of(lease.context());
    }

    /** Called again when a suspended loop goes on, on another thread perhaps. */
    @Override
    public void initialize() {
        lease.enter();
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
            default ->
                throw new IllegalArgumentException("IoHandle of type " + StringUtil.simpleClassName(handle)
                        + " not supported: a GLib loop takes a GLibIoHandle, such as GLibSocketChannel's");
        };
        registrations.add(registration);
        handle.registered();
        return registration;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return GLibIoHandle.class.isAssignableFrom(handleType) || LocalIoHandle.class.isAssignableFrom(handleType);
    }

    /** Ends a wait. From any thread. */
    @Override
    public void wakeup() {
        // The loop's own thread looks for tasks before each wait, whoever does the waiting.
        if (!inLoop()) {
            backend.wakeup();
        }
    }

    @Override
    public void prepareToDestroy() {
        // A copy, because each of them leaves the set.
        List.copyOf(registrations).forEach(LoopRegistration::closeHandle);
    }

    @Override
    public void destroy() {
        // What was registered by the loop's very last tasks.
        prepareToDestroy();
        backend.close();
        lease.leave();
        lease.end();
        if (iovArray != null) {
            iovArray.release();
            iovArray = null;
        }
    }

    Watch watch(int fd, Watch.Listener listener) {
        return backend.watch(fd, listener);
    }

    void remove(LoopRegistration registration) {
        registrations.remove(registration);
    }

    Collection<LoopRegistration> registrations() {
        return registrations;
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
