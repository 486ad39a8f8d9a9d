package org.nettyglib.ffi;

/** Tells the one error that is none, without an exception for each. */
public final class WouldBlock {
    /** {@code G_IO_ERROR_WOULD_BLOCK} of {@code gioenums.h}. */
    private static final int G_IO_ERROR_WOULD_BLOCK = 27;

    private WouldBlock() {}

    /**
     * Says whether a call has failed only because it would have had to wait. The error is freed then.
     *
     * @param error a {@code GError**}
     */
    public static boolean isAll(long error) {
        long set = Memory.getLong(error);
        if (set == 0 || !NativeError.is(set, LibGio.G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) {
            return false;
        }
        Memory.putLong(error, 0);
        NativeError.g_error_free(set);
        return true;
    }
}
