package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.internal.ObjectUtil;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.OnceCallbacks;
import org.nettyglib.loop.GLibLoopContext;

/** A source of GLib's that is ready once, as a future. Cancelling it destroys the source. */
final class SourceFuture<T extends @Nullable Object> extends DefaultPromise<T> implements LoopMember {
    /** How a source calls back, and what that means. */
    record Kind<T extends @Nullable Object>(
            long name, LongSupplier source, boolean isChildWatch, IntFunction<T> result) {}

    private final LoopPlace place = new LoopPlace(this);
    private final EventLoop loop;
    private final LoopMembers members;
    private final Kind<T> kind;
    private final int priority;
    private long source;
    private long token;

    private SourceFuture(EventLoop loop, Kind<T> kind, int priority) {
        this(LoopMembers.of(ObjectUtil.checkNotNull(loop, "loop")), loop, kind, priority);
    }

    private SourceFuture(LoopMembers members, EventLoop loop, Kind<T> kind, int priority) {
        super(members.notifier());
        this.loop = loop;
        this.kind = kind;
        this.priority = priority;
        this.members = members;
    }

    /** From any thread. */
    static <T extends @Nullable Object> SourceFuture<T> start(EventLoop loop, Kind<T> kind, int priority) {
        SourceFuture<T> future = new SourceFuture<>(loop, kind, priority);
        future.onLoop(future::attach);
        return future;
    }

    private void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
            return;
        }
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            tryFailure(e);
        }
    }

    private void attach() {
        if (isDone()) {
            return;
        }
        GLibLoopContext context;
        try {
            context = members.add(this);
        } catch (RejectedExecutionException e) {
            tryFailure(e);
            return;
        }
        source = kind.source().getAsLong();
        LibGlib.g_source_set_name(source, kind.name());
        LibGlib.g_source_set_priority(source, priority);
        token = kind.isChildWatch()
                ? OnceCallbacks.ofChildWatch(source, value -> context.run(() -> fired(value)))
                : OnceCallbacks.ofSource(source, value -> context.run(() -> fired(value)));
        LibGlib.g_source_attach(source, context.address());
    }

    private void fired(int value) {
        destroy();
        trySuccess(kind.result().apply(value));
    }

    private void destroy() {
        if (source != 0) {
            OnceCallbacks.forget(token);
            LibGlib.g_source_destroy(source);
            LibGlib.g_source_unref(source);
            source = 0;
            members.remove(this);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!super.cancel(mayInterruptIfRunning)) {
            return false;
        }
        onLoop(this::destroy);
        return true;
    }

    @Override
    public LoopPlace place() {
        return place;
    }

    @Override
    public void stop() {
        cancel(false);
    }

    @Override
    public void abandon() {
        destroy();
        cancel(false);
    }
}
