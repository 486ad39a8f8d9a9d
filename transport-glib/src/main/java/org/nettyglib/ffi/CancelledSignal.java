package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Listens for the {@code cancelled} signal of a {@code GCancellable}.
 *
 * @see <a href="https://docs.gtk.org/gio/signal.Cancellable.cancelled.html">GCancellable::cancelled</a>
 */
public final class CancelledSignal {
    private static final Tokens<Runnable> LISTENERS = new Tokens<>();
    private static final long NAME = Memory.immortalString("cancelled");

    private static final long CANCELLED_STUB = Upcalls.stub(
            MethodHandles.lookup(), "cancelled", MethodType.methodType(void.class, long.class, long.class));
    private static final long GONE_STUB =
            Upcalls.stub(MethodHandles.lookup(), "gone", MethodType.methodType(void.class, long.class, long.class));

    private CancelledSignal() {}

    /**
     * Calls a listener when the object is cancelled from now on, on the thread that cancels.
     *
     * @return the handler, for {@link LibGobject#g_signal_handler_disconnect}
     */
    public static long connect(long cancellable, Runnable listener) {
        return LibGobject.g_signal_connect_data(
                cancellable, NAME, CANCELLED_STUB, LISTENERS.add(listener), GONE_STUB, 0);
    }

    /** {@return how many listeners are connected, for tests that look for leaks} */
    public static int connected() {
        return LISTENERS.size();
    }

    @SuppressWarnings("unused") // the target of CANCELLED_STUB
    private static void cancelled(long cancellable, long token) {
        try {
            Runnable listener = LISTENERS.get(token);
            if (listener != null) {
                listener.run();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }

    @SuppressWarnings("unused") // the target of GONE_STUB
    private static void gone(long token, long closure) {
        try {
            LISTENERS.remove(token);
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
