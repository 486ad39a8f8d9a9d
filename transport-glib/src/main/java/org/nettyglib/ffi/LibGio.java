package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.javagi.base.GErrorException;

/**
 * What all parts of GIO share: cancellation, and its errors. Under their C names.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Cancellable.html">GCancellable</a>
 */
public final class LibGio {
    static final Bindings GIO = Bindings.of("libgio-2.0.so.0", "install GLib, of which it is a part");

    /** {@code G_IO_ERROR_CANCELLED} of {@code gioenums.h}. */
    public static final int G_IO_ERROR_CANCELLED = 19;

    private static final MethodHandle CANCELLABLE_NEW = GIO.bind("g_cancellable_new", JAVA_LONG);
    private static final MethodHandle CANCELLABLE_CANCEL = GIO.bindVoid("g_cancellable_cancel", JAVA_LONG);
    private static final MethodHandle CANCELLABLE_IS_CANCELLED =
            GIO.bind("g_cancellable_is_cancelled", JAVA_INT, JAVA_LONG);
    private static final MethodHandle IO_ERROR_QUARK = GIO.bind("g_io_error_quark", JAVA_INT);

    /** The domain of GIO's errors: always the same in a process. */
    public static final int G_IO_ERROR = g_io_error_quark();

    private LibGio() {}

    public static long g_cancellable_new() {
        try {
            return (long) CANCELLABLE_NEW.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_cancellable_cancel(long cancellable) {
        try {
            CANCELLABLE_CANCEL.invokeExact(cancellable);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_cancellable_is_cancelled(long cancellable) {
        try {
            return (int) CANCELLABLE_IS_CANCELLED.invokeExact(cancellable) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether this is {@code G_IO_ERROR_CANCELLED}} */
    public static boolean isCancelled(GErrorException error) {
        return error.getCode() == G_IO_ERROR_CANCELLED && error.getDomain().getValue() == G_IO_ERROR;
    }

    private static int g_io_error_quark() {
        try {
            return (int) IO_ERROR_QUARK.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
