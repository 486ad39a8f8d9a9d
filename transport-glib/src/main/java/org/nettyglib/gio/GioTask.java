package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.ref.Cleaner;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGioTask;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.TaskData;
import org.nettyglib.loop.GLibLoopContext;

/**
 * One {@code GTask}, from the call of a {@code …_async} method to the last reference to the task. It returns once: with the
 * outcome of its future, or as cancelled if the loop ends first. On the loop's thread, except where said.
 */
final class GioTask implements LoopMember, AsyncReady.Target, TaskData.Target {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GioTask.class);

    private final LoopPlace place = new LoopPlace(this);
    private final EventLoop loop;
    private final LoopMembers members;

    /** Nobody after the callback, which may lead to a result that nobody finishes, and so to this task. */
    private GioTaskCaller caller;

    private final GioTaskValue<?> kind;
    private final TaskFuture future;

    private @Nullable GLibLoopContext context;

    /** The {@code GTask}, good until it has returned. */
    private long task;

    private long token;
    private long cancelledHandler;
    private boolean returning;
    private boolean returned;

    // Written before the task returns, and read by whoever has the task after that.
    private volatile @Nullable Object value;

    private volatile boolean finished;

    /** The reference of a result that was not finished in its callback. */
    private Cleaner.@Nullable Cleanable reference;

    GioTask(EventLoop loop, GioTaskCaller caller, GioTaskValue<?> kind, TaskFuture future) {
        this.loop = ObjectUtil.checkNotNull(loop, "loop");
        this.caller = ObjectUtil.checkNotNull(caller, "caller");
        this.kind = ObjectUtil.checkNotNull(kind, "value");
        this.future = future;
        members = LoopMembers.of(loop);
    }

    // The start

    /** From any thread. */
    void start() {
        caller.accepted();
        if (loop.inEventLoop()) {
            startNow();
            return;
        }
        // The caller need not keep them until then.
        hold(caller.source());
        hold(caller.cancellable());
        boolean handedOver = false;
        try {
            loop.execute(this::startOnLoop);
            handedOver = true;
        } finally {
            if (!handedOver) {
                letGo(caller);
            }
        }
    }

    private void startOnLoop() {
        GioTaskCaller held = caller;
        startNow();
        letGo(held);
    }

    private static void letGo(GioTaskCaller held) {
        drop(held.source());
        drop(held.cancellable());
    }

    private static void hold(long object) {
        if (object != 0) {
            LibGobject.g_object_ref(object);
        }
    }

    private static void drop(long object) {
        if (object != 0) {
            LibGobject.g_object_unref(object);
        }
    }

    private void startNow() {
        try {
            context = members.add(this);
        } catch (RejectedExecutionException e) {
            refuse(e);
            return;
        }
        token = AsyncReady.expect(this);
        if (context.isCurrent()) {
            newTask(AsyncReady.stub());
        } else {
            LibGlib.g_main_context_push_thread_default(context.address());
            try {
                newTask(AsyncReady.stub());
            } finally {
                LibGlib.g_main_context_pop_thread_default(context.address());
            }
        }
        listen();
    }

    /**
     * The loop ends and waits for nobody any more: what GTask would still do in its context could come too late. So the task gets
     * a context of its own. Whoever has called waits for a call, not for an exception.
     */
    private void refuse(RejectedExecutionException rejection) {
        long ownContext = LibGlib.g_main_context_new();
        LibGlib.g_main_context_push_thread_default(ownContext);
        try {
            newTask(0);
            LibGobject.g_object_ref(task);
            settle(null, new CancellationException(rejection.getMessage()));
            LibGlib.g_main_context_iteration(ownContext, false);
        } finally {
            LibGlib.g_main_context_pop_thread_default(ownContext);
            LibGlib.g_main_context_unref(ownContext);
        }
        cancelFuture();
        try {
            loop.execute(this::callBack);
        } catch (RejectedExecutionException e) {
            LibGobject.g_object_unref(task);
            logger.debug("The loop has ended before a task could call back: {}", loop);
        }
    }

    private void callBack() {
        try {
            caller.callback().call(this, caller.source(), task);
        } finally {
            caller = GioTaskCaller.NOBODY;
            LibGobject.g_object_unref(task);
        }
    }

    private void newTask(long callback) {
        task = LibGioTask.g_task_new(caller.source(), caller.cancellable(), callback, token);
        TaskData.set(task, this);
    }

    private void listen() {
        long cancellable = caller.cancellable();
        if (cancellable != 0) {
            cancelledHandler = CancelledSignal.connect(cancellable, this::cancelFuture);
            if (LibGio.g_cancellable_is_cancelled(cancellable)) {
                cancelFuture();
            }
        }
        future.whenDone(this::futureDone);
    }

    /** From any thread. */
    private void cancelFuture() {
        try {
            future.cancel();
        } catch (RuntimeException e) {
            logger.debug("A future could not be cancelled: {}", future, e);
        }
    }

    // The end

    /** From any thread. */
    private void futureDone(@Nullable Object result, @Nullable Throwable failure) {
        if (loop.inEventLoop()) {
            settle(result, failure);
            return;
        }
        try {
            loop.execute(() -> settle(result, failure));
        } catch (RejectedExecutionException e) {
            // The task was returned when the loop ended.
            if (failure == null) {
                tooLate(result);
            }
        }
    }

    private void settle(@Nullable Object result, @Nullable Throwable failure) {
        if (returned) {
            if (failure == null) {
                tooLate(result);
            }
            return;
        }
        returned = true;
        if (cancelledHandler != 0) {
            // Not g_cancellable_disconnect, which would wait for a handler that is running further up on this stack.
            LibGobject.g_signal_handler_disconnect(caller.cancellable(), cancelledHandler);
        }
        returning = true;
        try {
            if (failure != null) {
                returnError(failure);
            } else {
                returnValue(result);
            }
        } finally {
            returning = false;
            LibGobject.g_object_unref(task);
        }
    }

    private void returnValue(@Nullable Object result) {
        value = result;
        try {
            kind.returnTo(task, result);
        } catch (ClassCastException | NullPointerException e) {
            value = null;
            returnError(e);
            tooLate(result);
        }
    }

    private void returnError(Throwable failure) {
        LibGioTask.g_task_return_error(task, TaskErrors.toGError(failure));
    }

    private static void tooLate(@Nullable Object result) {
        try {
            LateResult.release(result);
        } catch (Throwable t) {
            logger.warn("A result that nobody waits for could not be released: {}", result, t);
        }
    }

    /** The task calls back: in the loop's turn if it did so while it returned, otherwise in a callback of GLib's. */
    @Override
    public void ready(long source, long result) {
        try {
            if (returning || context == null) {
                caller.callback().call(this, source, result);
            } else {
                context.run(() -> caller.callback().call(this, source, result));
            }
        } finally {
            caller = GioTaskCaller.NOBODY;
            members.remove(this);
        }
    }

    @Override
    public LoopPlace place() {
        return place;
    }

    @Override
    public void stop() {
        cancelFuture();
        settle(null, new CancellationException("the event loop shuts down"));
    }

    @Override
    public void abandon() {
        stop();
    }

    // After the end

    /**
     * Takes the value, once. From any thread.
     *
     * @throws IllegalArgumentException if the task has a value of another kind
     * @throws IllegalStateException if the task was finished before
     */
    <T> @Nullable T finish(long result, GioTaskValue<T> expected) throws GErrorException {
        if (!expected.equals(kind)) {
            throw new IllegalArgumentException("the task returns " + kind + ", not " + expected);
        }
        synchronized (this) {
            if (finished) {
                throw new IllegalStateException("the task was finished before");
            }
            finished = true;
        }
        try {
            T taken = expected.propagate(result, value);
            value = null;
            return taken;
        } finally {
            dropReference();
        }
    }

    boolean isFinished() {
        return finished;
    }

    /** Who has a result that was not finished in its callback may do so later, and has a reference until then. */
    synchronized void keep(Cleaner.Cleanable reference) {
        if (finished) {
            reference.clean();
        } else {
            this.reference = reference;
        }
    }

    private void dropReference() {
        Cleaner.Cleanable last;
        synchronized (this) {
            last = reference;
            reference = null;
        }
        if (last != null) {
            last.clean();
        }
    }

    /** Nobody can finish it any more. On the thread that has dropped the last reference. */
    @Override
    public void gone() {
        // If the context has ended before the task could call back.
        AsyncReady.forget(token);
        Object left = value;
        if (left != null && kind.isOnlyJavas()) {
            tooLate(left);
        }
    }
}
