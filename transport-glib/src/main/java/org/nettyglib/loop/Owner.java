package org.nettyglib.loop;

import java.util.function.Consumer;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;

/**
 * Which thread is an attached loop's. GLib says who owns a context at a moment; Netty asks for a thread much more often,
 * and also where no context is iterated.
 *
 * <p>The loop's thread is the one that dispatches it. Outside of a dispatch it is the thread that was said to be the owner
 * or, where none was, the one that iterated the context last, and only while it owns the context: so code between two
 * iterations, which another thread may begin meanwhile, is no code of the loop.
 */
final class Owner {
    private final long context;
    // Keeps the context, which is asked for its owner also after the loop's end.
    @SuppressWarnings("UnusedVariable")
    private final MainContext proxy;

    private volatile @Nullable Thread named;
    private volatile @Nullable Thread last;
    private volatile @Nullable Thread dispatching;
    private volatile boolean ended;

    /** @param named the thread that is to run the context, if that is known */
    Owner(long context, @Nullable Thread named) {
        this.context = context;
        this.named = named;
        proxy = ContextProxy.of(context);
    }

    /** Says whether a thread is the loop's now. From any thread. */
    boolean is(Thread thread) {
        if (thread == dispatching) {
            return true;
        }
        if (ended) {
            return false;
        }
        if (named != null) {
            return thread == named;
        }
        Thread known = last;
        if (known == null) {
            // Nobody has iterated it yet, but somebody may be about to, as an application that has just been started.
            return thread == Thread.currentThread() && LibGlib.g_main_context_is_owner(context);
        }
        return thread == known && (thread != Thread.currentThread() || LibGlib.g_main_context_is_owner(context));
    }

    /** The thread that runs the context, as far as is known. */
    @Nullable Thread thread() {
        Thread known = last;
        return known == null ? named : known;
    }

    /** The thread that was said to be the owner, if one was. */
    @Nullable Thread named() {
        return named;
    }

    /** The calling thread iterates the context. */
    void iterates() {
        Thread current = Thread.currentThread();
        if (last != current && mayRun(current)) {
            last = current;
        }
    }

    boolean mayRun(Thread thread) {
        return named == null || thread == named;
    }

    /** The calling thread is the loop's from now on, whoever was to be it. It owns the context. */
    void takeOver() {
        Thread current = Thread.currentThread();
        if (named != current) {
            named = null;
        }
        last = current;
    }

    /** Does something as the loop's thread, in a given way. The calling thread owns the context. */
    void dispatch(Runnable turn, Consumer<Runnable> way) {
        Thread before = dispatching;
        dispatching = Thread.currentThread();
        boolean push = !GLibLoopContext.isThreadDefault(context);
        if (push) {
            // What a handler starts is to belong to its own loop.
            LibGlib.g_main_context_push_thread_default(context);
        }
        try {
            way.accept(turn);
        } finally {
            if (push) {
                LibGlib.g_main_context_pop_thread_default(context);
            }
            dispatching = before;
        }
    }

    /** Says whether the calling thread is the loop's, but does not iterate the context: its main loop has ended. */
    boolean isOutside() {
        return Thread.currentThread() == thread() && !LibGlib.g_main_context_is_owner(context);
    }

    /**
     * Does something as the loop's thread, unless somebody owns the context.
     *
     * @return whether it could be done
     */
    boolean runIfFree(Runnable action) {
        if (LibGlib.g_main_context_is_owner(context) || !LibGlib.g_main_context_acquire(context)) {
            return false;
        }
        try {
            takeOver();
            action.run();
        } finally {
            LibGlib.g_main_context_release(context);
        }
        return true;
    }

    /** The loop has ended, and has no thread any more. */
    void end() {
        ended = true;
    }
}
