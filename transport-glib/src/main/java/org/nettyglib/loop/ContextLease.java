package org.nettyglib.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;

/**
 * The right of one loop to iterate one {@code GMainContext}: a context has at most one loop at a time. The thread of a
 * loop owns the context, and has it as its thread-default context, from {@link #enter()} to {@link #leave()}; the context
 * of an attached loop is others' to own.
 */
final class ContextLease {
    private static final Map<Long, ContextLease> LEASES = new ConcurrentHashMap<>();

    /** Whoever owns a context for longer iterates it. */
    private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long BETWEEN_ATTEMPTS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long context;
    private final boolean isDefault;
    private final boolean attached;
    private boolean entered;
    private boolean ended;

    /** Lives as long as the loop: where sources of java-gi may be attached, this is not to drop the last reference of the context. */
    private @Nullable MainContext proxy;

    private ContextLease(long context, boolean isDefault, boolean attached) {
        this.context = context;
        this.isDefault = isDefault;
        this.attached = attached;
    }

    /** Leases a new context. */
    static ContextLease ofNew() {
        ContextLease lease = new ContextLease(LibGlib.g_main_context_new(), false, false);
        LEASES.put(lease.context, lease);
        return lease;
    }

    /**
     * Leases GLib's default context.
     *
     * @throws IllegalStateException if it has a loop, or a thread owns it
     */
    static ContextLease ofDefault() {
        long context = LibGlib.g_main_context_ref(LibGlib.g_main_context_default());
        ContextLease lease = new ContextLease(context, true, false);
        try {
            // Asked first: a loop that runs is an owner too, but there is more to say of it.
            if (LEASES.putIfAbsent(context, lease) != null) {
                throw new IllegalStateException(
                        "GLib's default main context already has a Netty event loop: use that GLibEventLoopGroup for"
                                + " these channels too, wait for its termination first, or create a group whose loops"
                                + " have contexts of their own with new GLibEventLoopGroup(nThreads)");
            }
            requireUnowned(context);
            return lease;
        } catch (IllegalStateException e) {
            lease.end();
            throw e;
        }
    }

    /**
     * Leases a context that others iterate. The lease does not make any thread its owner.
     *
     * @throws IllegalStateException if it has a loop
     */
    static ContextLease ofAttached(long context) {
        ContextLease lease = new ContextLease(LibGlib.g_main_context_ref(context), false, true);
        if (LEASES.putIfAbsent(context, lease) != null) {
            lease.end();
            throw new IllegalStateException(
                    "This main context already has a Netty event loop: use its group for these channels too, or wait for"
                            + " its termination first");
        }
        return lease;
    }

    /** {@return what the context is called in the log} */
    String name() {
        String name = context == LibGlib.g_main_context_default() ? "default" : "0x" + Long.toHexString(context);
        return attached ? name + " (attached)" : name;
    }

    /** Throws what {@link #ofDefault()} would, before anything is built on it. */
    static void requireDefaultIsFree() {
        ofDefault().end();
    }

    private static void requireUnowned(long context) {
        boolean own = LibGlib.g_main_context_is_owner(context);
        if (own || !acquire(context)) {
            throw new IllegalStateException(ownedBy(own ? "this thread" : "another thread"));
        }
        LibGlib.g_main_context_release(context);
    }

    /**
     * Makes the calling thread the owner. One that owns the context for a moment is waited for: {@code g_main_context_invoke()} does where nobody
     * iterates it, and java-gi makes that call of the default context on a thread of its own for each object that was collected.
     */
    private static boolean acquire(long context) {
        long end = System.nanoTime() + MOMENT_NANOS;
        while (!LibGlib.g_main_context_acquire(context)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
        }
        return true;
    }

    private static String ownedBy(String owner) {
        return "GLib's default main context is owned by " + owner
                + ", which iterates it (a GMainLoop, Application.run or another library): end that main loop first, or"
                + " create a group whose loops have contexts of their own with new GLibEventLoopGroup(nThreads)";
    }

    long context() {
        return context;
    }

    /**
     * Makes the calling thread the owner of the context until {@link #leave()}. May be called again meanwhile.
     *
     * @throws IllegalStateException if another thread owns the context, or the thread is a virtual one
     */
    void enter() {
        if (entered || attached) {
            return;
        }
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("A GLib event loop cannot run on a virtual thread, because a GMainContext"
                    + " belongs to one thread of the system: use a ThreadFactory or Executor of platform threads");
        }
        if (!acquire(context)) {
            throw new IllegalStateException(
                    isDefault
                            ? ownedBy("another thread")
                            : "the main context of this event loop is owned by another thread: only the loop may"
                                    + " iterate it");
        }
        LibGlib.g_main_context_push_thread_default(context);
        entered = true;
    }

    void leave() {
        if (entered) {
            entered = false;
            LibGlib.g_main_context_pop_thread_default(context);
            LibGlib.g_main_context_release(context);
        }
    }

    /**
     * An object for the context, with a reference of its own.
     *
     * @throws IllegalStateException if the loop has ended, and its context with it
     */
    synchronized MainContext mainContext() {
        if (ended) {
            throw new IllegalStateException(
                    "The event loop has ended, and gave its main context back: ask for the context before");
        }
        if (proxy == null) {
            proxy = ContextProxy.of(context);
        }
        return proxy;
    }

    /** Gives the context back. Nothing happens the second time. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            LEASES.remove(context, this);
            LibGlib.g_main_context_unref(context);
            proxy = null;
        }
    }
}
