package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/**
 * The streams of GIO that say when they are ready, under their C names. {@code error} is a {@code GError**}, see
 * {@link ErrorSlot}.
 *
 * @see <a href="https://docs.gtk.org/gio/iface.PollableInputStream.html">GPollableInputStream</a>
 * @see <a href="https://docs.gtk.org/gio/iface.PollableOutputStream.html">GPollableOutputStream</a>
 */
public final class LibGioPollable {
    private static final MethodHandle POLLABLE_INPUT_STREAM_GET_TYPE =
            LibGio.GIO.bind("g_pollable_input_stream_get_type", JAVA_LONG);
    private static final MethodHandle POLLABLE_INPUT_STREAM_CAN_POLL =
            LibGio.GIO.bind("g_pollable_input_stream_can_poll", JAVA_INT, JAVA_LONG);
    private static final MethodHandle POLLABLE_INPUT_STREAM_CREATE_SOURCE =
            LibGio.GIO.bind("g_pollable_input_stream_create_source", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POLLABLE_INPUT_STREAM_READ_NONBLOCKING = LibGio.GIO.bind(
            "g_pollable_input_stream_read_nonblocking",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle POLLABLE_OUTPUT_STREAM_GET_TYPE =
            LibGio.GIO.bind("g_pollable_output_stream_get_type", JAVA_LONG);
    private static final MethodHandle POLLABLE_OUTPUT_STREAM_CAN_POLL =
            LibGio.GIO.bind("g_pollable_output_stream_can_poll", JAVA_INT, JAVA_LONG);
    private static final MethodHandle POLLABLE_OUTPUT_STREAM_CREATE_SOURCE =
            LibGio.GIO.bind("g_pollable_output_stream_create_source", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POLLABLE_OUTPUT_STREAM_WRITE_NONBLOCKING = LibGio.GIO.bind(
            "g_pollable_output_stream_write_nonblocking",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle FILTER_OUTPUT_STREAM_GET_TYPE =
            LibGio.GIO.bind("g_filter_output_stream_get_type", JAVA_LONG);
    private static final MethodHandle UNIX_OUTPUT_STREAM_GET_TYPE =
            LibGio.GIO.bind("g_unix_output_stream_get_type", JAVA_LONG);
    private static final MethodHandle UNIX_OUTPUT_STREAM_GET_FD =
            LibGio.GIO.bind("g_unix_output_stream_get_fd", JAVA_INT, JAVA_LONG);

    private LibGioPollable() {}

    public static long g_pollable_input_stream_get_type() {
        try {
            return (long) POLLABLE_INPUT_STREAM_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_pollable_input_stream_can_poll(long stream) {
        try {
            return (int) POLLABLE_INPUT_STREAM_CAN_POLL.invokeExact(stream) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Returns a new, unattached source. */
    public static long g_pollable_input_stream_create_source(long stream, long cancellable) {
        try {
            return (long) POLLABLE_INPUT_STREAM_CREATE_SOURCE.invokeExact(stream, cancellable);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_pollable_input_stream_read_nonblocking(
            long stream, long buffer, long count, long cancellable, long error) {
        try {
            return (long) POLLABLE_INPUT_STREAM_READ_NONBLOCKING.invokeExact(stream, buffer, count, cancellable, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_pollable_output_stream_get_type() {
        try {
            return (long) POLLABLE_OUTPUT_STREAM_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_pollable_output_stream_can_poll(long stream) {
        try {
            return (int) POLLABLE_OUTPUT_STREAM_CAN_POLL.invokeExact(stream) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Returns a new, unattached source. */
    public static long g_pollable_output_stream_create_source(long stream, long cancellable) {
        try {
            return (long) POLLABLE_OUTPUT_STREAM_CREATE_SOURCE.invokeExact(stream, cancellable);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_pollable_output_stream_write_nonblocking(
            long stream, long buffer, long count, long cancellable, long error) {
        try {
            return (long)
                    POLLABLE_OUTPUT_STREAM_WRITE_NONBLOCKING.invokeExact(stream, buffer, count, cancellable, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_filter_output_stream_get_type() {
        try {
            return (long) FILTER_OUTPUT_STREAM_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_unix_output_stream_get_type() {
        try {
            return (long) UNIX_OUTPUT_STREAM_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_unix_output_stream_get_fd(long stream) {
        try {
            return (int) UNIX_OUTPUT_STREAM_GET_FD.invokeExact(stream);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
