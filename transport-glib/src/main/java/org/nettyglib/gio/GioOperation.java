package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gnome.gio.Cancellable;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.loop.GLibLoopContext;

/**
 * One operation of GIO, from its start to its result. The future may be completed early, by a cancellation or a deadline; the
 * operation is over when GIO has called back and its result was taken. All but the future's own methods happens on the
 * loop's thread.
 */
abstract class GioOperation<T extends @Nullable Object> extends DefaultPromise<T> implements GioFuture<T>, LoopMember {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GioOperation.class);

    private final LoopPlace place = new LoopPlace(this);
    private final EventLoop loop;
    private final LoopMembers members;
    private final OwnCancellable cancellable;
    private final @Nullable Cancellable parent;

    /** Where it was begun. */
    private @Nullable GLibLoopContext context;

    private long parentHandler;

    /** GIO has been called, and its callback is still to come. */
    private boolean underWay;

    /** Nobody waits for the callback any more: the loop has ended, or the start has failed. */
    private volatile boolean abandoned;

    GioOperation(EventLoop loop, @Nullable Cancellable parent) {
        this(LoopMembers.of(ObjectUtil.checkNotNull(loop, "loop")), loop, new OwnCancellable(), parent);
    }

    GioOperation(LoopMembers members, EventLoop loop, OwnCancellable cancellable, @Nullable Cancellable parent) {
        super(members.notifier());
        this.loop = loop;
        this.cancellable = cancellable;
        this.parent = parent;
        this.members = members;
    }

    /** Starts an operation by its C function. From any thread. */
    static <T extends @Nullable Object> GioFuture<T> startNative(
            EventLoop loop, NativeBegin begin, NativeFinish<T> finish) {
        LoopMembers members = LoopMembers.of(ObjectUtil.checkNotNull(loop, "loop"));
        NativeOperation<T> operation = new NativeOperation<>(members, loop, begin, finish);
        operation.start();
        return operation;
    }

    /**
     * Calls GIO.
     *
     * @return false if the operation has to wait for others to end first
     */
    abstract boolean begin() throws Exception;

    /** After a failure to begin: whether GIO may call back all the same. */
    boolean mayBeCalled() {
        return false;
    }

    /** Takes the result of GIO. */
    abstract T finish(long source, long result) throws Exception;

    /** Releases a result that came too late. */
    abstract void release(T late) throws Exception;

    /**
     * The operation is over.
     *
     * @param calledBack whether GIO has called back, and so will call nothing of this operation any more; otherwise it was not
     *     begun, as far as is known
     */
    void ended(boolean calledBack) {}

    final OwnCancellable ownCancellable() {
        return cancellable;
    }

    // The start

    /** From any thread. */
    final void start() {
        if (loop.inEventLoop()) {
            startNow(false);
        } else {
            startLater();
        }
    }

    private void startLater() {
        try {
            loop.execute(() -> startNow(true));
        } catch (RejectedExecutionException e) {
            neverBegun(e);
        }
    }

    private void startNow(boolean asTask) {
        if (isDone()) {
            neverBegun(null);
            return;
        }
        GLibLoopContext joined;
        try {
            joined = members.add(this);
        } catch (RejectedExecutionException e) {
            neverBegun(e);
            return;
        }
        context = joined;
        if (!asTask && !joined.isCurrent() && !LibGlib.g_main_context_is_owner(joined.address())) {
            // The thread that is to run the loop's context, but does not yet, and has another as its default.
            members.remove(this);
            startLater();
        } else if (!beginNow(joined)) {
            members.retryLater(() -> beginNow(joined));
        }
    }

    /** {@return false if the operation has to wait until others have ended} */
    private boolean beginNow(GLibLoopContext joined) {
        connectParent();
        if (isDone()) {
            leave();
            neverBegun(null);
            return true;
        }
        boolean push = !joined.isCurrent();
        if (push) {
            LibGlib.g_main_context_push_thread_default(joined.address());
        }
        // Also while it begins: that may run a nested main loop, in which the loop ends.
        underWay = true;
        try {
            if (!begin()) {
                underWay = false;
                return false;
            }
            return true;
        } catch (Throwable t) {
            beginFailed(t);
            return true;
        } finally {
            if (push) {
                LibGlib.g_main_context_pop_thread_default(joined.address());
            }
        }
    }

    private void beginFailed(Throwable cause) {
        leave();
        if (mayBeCalled()) {
            // Whether GIO was called before the failure is not known: nobody waits for it, but it finds what it needs.
            abandoned = true;
            cancellable.cancel();
            tryFailure(cause);
        } else {
            underWay = false;
            neverBegun(cause);
        }
    }

    private void neverBegun(@Nullable Throwable cause) {
        if (cause != null) {
            tryFailure(cause);
        }
        ended(false);
        cancellable.release();
    }

    private void connectParent() {
        if (parent == null || parentHandler != 0) {
            return;
        }
        long address = parent.handle().address();
        parentHandler = CancelledSignal.connect(address, () -> cancel(false));
        if (LibGio.g_cancellable_is_cancelled(address)) {
            cancel(false);
        }
    }

    /** The loop need not wait for this any more. */
    private void leave() {
        if (parent != null && parentHandler != 0) {
            LibGobject.g_signal_handler_disconnect(parent.handle().address(), parentHandler);
            parentHandler = 0;
        }
        members.remove(this);
    }

    // The end

    /**
     * GIO calls back: the result is taken in the loop's queue, as anything that runs code of the user's.
     *
     * @param source of the operation, or 0
     * @param result good for the length of this call
     */
    final void ready(long source, long result) {
        if (source != 0) {
            LibGobject.g_object_ref(source);
        }
        LibGobject.g_object_ref(result);
        later(() -> take(source, result));
    }

    /**
     * The same for an operation of this library's own: at once, which saves the loop an iteration. GIO calls back in a dispatch of
     * its own, or of this loop's, and never inside the signal of a cancellable.
     */
    final void readyNow(long source, long result) {
        T value;
        try {
            value = finish(source, result);
        } catch (Throwable t) {
            now(() -> over(null, t));
            return;
        }
        now(() -> over(value, null));
    }

    private void now(Runnable end) {
        if (context != null && loop.inEventLoop()) {
            context.run(end);
        } else {
            later(end);
        }
    }

    private void later(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private void take(long source, long result) {
        @Nullable T value = null;
        Throwable failure = null;
        try {
            value = finish(source, result);
        } catch (Throwable t) {
            failure = t;
        } finally {
            LibGobject.g_object_unref(result);
            if (source != 0) {
                LibGobject.g_object_unref(source);
            }
        }
        over(value, failure);
    }

    private void over(@Nullable T value, @Nullable Throwable failure) {
        if (!abandoned) {
            leave();
        }
        underWay = false;
        ended(true);
        cancellable.release();
        if (failure != null) {
            failed(failure);
        } else if (!trySuccess(value)) {
            tooLate(value);
        }
    }

    private void failed(Throwable failure) {
        boolean isCancellation = failure instanceof GErrorException error && LibGio.isCancelled(error);
        boolean told = isCancellation ? super.cancel(false) : tryFailure(failure);
        if (!told && !isCancellation) {
            logger.debug("An operation failed after its future was completed.", failure);
        }
    }

    private void tooLate(@Nullable T value) {
        if (value == null) {
            return;
        }
        try {
            release(value);
        } catch (Throwable t) {
            logger.warn("A result that came too late could not be released: {}", value, t);
        }
    }

    // The future

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        if (!super.cancel(mayInterruptIfRunning)) {
            return false;
        }
        stopSoon();
        return true;
    }

    private void stopSoon() {
        if (loop.inEventLoop()) {
            cancellable.cancel();
            return;
        }
        try {
            loop.execute(cancellable::cancel);
        } catch (RejectedExecutionException e) {
            cancellable.cancel();
        }
    }

    @Override
    public final LoopPlace place() {
        return place;
    }

    @Override
    public final void stop() {
        cancel(false);
    }

    @Override
    public final void abandon() {
        abandoned = true;
        leave();
        // Cancelled long ago, unless the loop ended without a shutdown of its own.
        cancel(false);
        if (!underWay) {
            neverBegun(null);
        }
    }

    @Override
    public final Cancellable cancellable() {
        return cancellable.proxy();
    }

    @Override
    public final GioFuture<T> withTimeout(Duration timeout) {
        long nanos = TimeUnit.NANOSECONDS.convert(ObjectUtil.checkNotNull(timeout, "timeout"));
        ObjectUtil.checkPositive(nanos, "timeout");
        if (isDone()) {
            return this;
        }
        try {
            ScheduledFuture<?> deadline = loop.schedule(() -> timedOut(timeout), nanos, TimeUnit.NANOSECONDS);
            addListener(done -> deadline.cancel(false));
        } catch (RejectedExecutionException e) {
            // The loop has ended, and this operation with it.
            logger.debug("No deadline for an operation of a loop that has ended.", e);
        }
        return this;
    }

    private void timedOut(Duration timeout) {
        if (tryFailure(new TimeoutException("no result within " + timeout + ": the operation was cancelled"))) {
            cancellable.cancel();
        }
    }

    @Override
    public final CompletionStage<T> toCompletionStage() {
        return new GioStage<>(this);
    }

    @Override
    public final GioOperation<T> addListener(GenericFutureListener<? extends Future<? super T>> listener) {
        super.addListener(listener);
        return this;
    }

    @SafeVarargs
    @Override
    public final GioOperation<T> addListeners(GenericFutureListener<? extends Future<? super T>>... listeners) {
        super.addListeners(listeners);
        return this;
    }

    @Override
    public final GioOperation<T> removeListener(GenericFutureListener<? extends Future<? super T>> listener) {
        super.removeListener(listener);
        return this;
    }

    @SafeVarargs
    @Override
    public final GioOperation<T> removeListeners(GenericFutureListener<? extends Future<? super T>>... listeners) {
        super.removeListeners(listeners);
        return this;
    }

    @Override
    public final GioOperation<T> sync() throws InterruptedException {
        super.sync();
        return this;
    }

    @Override
    public final GioOperation<T> syncUninterruptibly() {
        super.syncUninterruptibly();
        return this;
    }

    @Override
    public final GioOperation<T> await() throws InterruptedException {
        super.await();
        return this;
    }

    @Override
    public final GioOperation<T> awaitUninterruptibly() {
        super.awaitUninterruptibly();
        return this;
    }
}
