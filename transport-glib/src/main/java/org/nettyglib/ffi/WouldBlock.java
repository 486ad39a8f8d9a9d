package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/** Tells the one error that is none, without an exception for each. */
public final class WouldBlock {
    /** {@code G_IO_ERROR_WOULD_BLOCK} of {@code gioenums.h}. */
    private static final int G_IO_ERROR_WOULD_BLOCK = 27;

    // struct _GError { GQuark domain; gint code; gchar *message; } of glib/gerror.h
    private static final int CODE_OFFSET = Integer.BYTES;

    private static final MethodHandle ERROR_FREE = LibGlib.GLIB.bindVoid("g_error_free", JAVA_LONG);
    private static final int G_IO_ERROR = LibGio.g_io_error_quark();

    private WouldBlock() {}

    /**
     * Says whether a call has failed only because it would have had to wait. The error is freed then.
     *
     * @param error a {@code GError**}
     */
    public static boolean isAll(long error) {
        long set = Memory.getLong(error);
        if (set == 0
                || Memory.getInt(set) != G_IO_ERROR
                || Memory.getInt(set + CODE_OFFSET) != G_IO_ERROR_WOULD_BLOCK) {
            return false;
        }
        Memory.putLong(error, 0);
        try {
            ERROR_FREE.invokeExact(set);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
        return true;
    }
}
