package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.gnome.glib.MainContext;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;

/** What a {@link GLibContextHandle} has of its loop: the context, and a way to do something as the loop does it. */
public final class GLibLoopContext {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GLibLoopContext.class);

    private final GLibIoHandler handler;
    private final ContextRegistration registration;
    private final long address;

    // One for all turns, so that an event costs no object.
    private final Runnable guarded = this::runGuarded;
    private @Nullable Runnable next;

    GLibLoopContext(GLibIoHandler handler, ContextRegistration registration) {
        this.handler = handler;
        this.registration = registration;
        address = handler.contextAddress();
    }

    /**
     * The context that the loop is in. From any thread.
     *
     * @return an object for the context, which stays good after the loop has ended
     * @throws IllegalStateException if the loop has ended
     */
    public MainContext mainContext() {
        return handler.mainContext();
    }

    /** {@return the address of the {@code GMainContext}, good for as long as the registration is} */
    public long address() {
        return address;
    }

    /** {@return the priority of the loop's tasks and timers, as GLib counts} */
    public int priority() {
        return handler.priority();
    }

    /**
     * {@return whether the loop's context is the thread-default one of the calling thread, so that what GIO starts here
     * ends there}
     */
    public boolean isCurrent() {
        return isThreadDefault(address);
    }

    /**
     * Does something as a dispatch of the loop, inside a callback that GLib makes on the loop's thread: the loop is Netty's
     * current executor and its context the thread-default one, the time counts as the loop's, and an attached loop does
     * not end meanwhile. Nothing that is thrown leaves; it is logged.
     *
     * @param turn what to do, on the calling thread
     */
    public void run(Runnable turn) {
        Runnable outer = next;
        next = turn;
        try {
            if (registration.isValid()) {
                handler.dispatch(guarded);
            } else {
                runGuarded();
            }
        } finally {
            next = outer;
        }
    }

    private void runGuarded() {
        Runnable turn = next;
        try {
            if (turn != null) {
                turn.run();
            }
        } catch (Throwable t) {
            logger.warn("An exception was thrown in a callback of GLib's main loop; the loop goes on.", t);
        }
    }

    static boolean isThreadDefault(long context) {
        long current = LibGlib.g_main_context_get_thread_default();
        return current == context || (current == 0 && context == LibGlib.g_main_context_default());
    }
}
