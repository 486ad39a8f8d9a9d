package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/**
 * How GIO sends on a socket, under the C names.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Socket.html">GSocket</a>
 */
public final class LibGioSocketSend {
    private static final MethodHandle IS_CLOSED = LibGio.GIO.bind("g_socket_is_closed", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SEND_WITH_BLOCKING = LibGio.GIO.bind(
            "g_socket_send_with_blocking", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private LibGioSocketSend() {}

    public static boolean g_socket_is_closed(long socket) {
        try {
            return (int) IS_CLOSED.invokeExact(socket) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Without a cancellable; {@code error} is a {@code GError**}. Returns how much was sent, or -1. */
    public static long g_socket_send_with_blocking(long socket, long buffer, long size, boolean blocking, long error) {
        try {
            return (long) SEND_WITH_BLOCKING.invokeExact(socket, buffer, size, blocking ? 1 : 0, 0L, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
