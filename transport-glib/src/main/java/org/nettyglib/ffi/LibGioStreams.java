package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/**
 * The streams of GIO, under their C names. {@code error} is a {@code GError**}, see {@link ErrorSlot}; {@code callback}
 * and {@code userData} are those of {@link AsyncReady}.
 *
 * @see <a href="https://docs.gtk.org/gio/class.IOStream.html">GIOStream</a>
 */
public final class LibGioStreams {
    private static final MethodHandle IO_STREAM_GET_INPUT_STREAM =
            LibGio.GIO.bind("g_io_stream_get_input_stream", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IO_STREAM_GET_OUTPUT_STREAM =
            LibGio.GIO.bind("g_io_stream_get_output_stream", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IO_STREAM_IS_CLOSED =
            LibGio.GIO.bind("g_io_stream_is_closed", JAVA_INT, JAVA_LONG);
    private static final MethodHandle IO_STREAM_CLOSE =
            LibGio.GIO.bind("g_io_stream_close", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IO_STREAM_CLOSE_ASYNC =
            LibGio.GIO.bindVoid("g_io_stream_close_async", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IO_STREAM_CLOSE_FINISH =
            LibGio.GIO.bind("g_io_stream_close_finish", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle INPUT_STREAM_READ_ASYNC = LibGio.GIO.bindVoid(
            "g_input_stream_read_async", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle INPUT_STREAM_READ_FINISH =
            LibGio.GIO.bind("g_input_stream_read_finish", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle INPUT_STREAM_CLOSE_ASYNC =
            LibGio.GIO.bindVoid("g_input_stream_close_async", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle INPUT_STREAM_CLOSE_FINISH =
            LibGio.GIO.bind("g_input_stream_close_finish", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OUTPUT_STREAM_WRITE_ALL_ASYNC = LibGio.GIO.bindVoid(
            "g_output_stream_write_all_async",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle OUTPUT_STREAM_WRITE_ALL_FINISH =
            LibGio.GIO.bind("g_output_stream_write_all_finish", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OUTPUT_STREAM_FLUSH_ASYNC =
            LibGio.GIO.bindVoid("g_output_stream_flush_async", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OUTPUT_STREAM_FLUSH_FINISH =
            LibGio.GIO.bind("g_output_stream_flush_finish", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OUTPUT_STREAM_CLOSE_ASYNC =
            LibGio.GIO.bindVoid("g_output_stream_close_async", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OUTPUT_STREAM_CLOSE_FINISH =
            LibGio.GIO.bind("g_output_stream_close_finish", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle OUTPUT_STREAM_IS_CLOSED =
            LibGio.GIO.bind("g_output_stream_is_closed", JAVA_INT, JAVA_LONG);

    private LibGioStreams() {}

    /** The stream owns what is returned. */
    public static long g_io_stream_get_input_stream(long stream) {
        try {
            return (long) IO_STREAM_GET_INPUT_STREAM.invokeExact(stream);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The stream owns what is returned. */
    public static long g_io_stream_get_output_stream(long stream) {
        try {
            return (long) IO_STREAM_GET_OUTPUT_STREAM.invokeExact(stream);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_output_stream_is_closed(long stream) {
        try {
            return (int) OUTPUT_STREAM_IS_CLOSED.invokeExact(stream) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_io_stream_is_closed(long stream) {
        try {
            return (int) IO_STREAM_IS_CLOSED.invokeExact(stream) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_io_stream_close(long stream, long cancellable, long error) {
        try {
            return (int) IO_STREAM_CLOSE.invokeExact(stream, cancellable, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_io_stream_close_async(
            long stream, int priority, long cancellable, long callback, long userData) {
        try {
            IO_STREAM_CLOSE_ASYNC.invokeExact(stream, priority, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_io_stream_close_finish(long stream, long result, long error) {
        try {
            return (int) IO_STREAM_CLOSE_FINISH.invokeExact(stream, result, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The buffer has to live until the callback. */
    public static void g_input_stream_read_async(
            long stream, long buffer, long count, int priority, long cancellable, long callback, long userData) {
        try {
            INPUT_STREAM_READ_ASYNC.invokeExact(stream, buffer, count, priority, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_input_stream_read_finish(long stream, long result, long error) {
        try {
            return (long) INPUT_STREAM_READ_FINISH.invokeExact(stream, result, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_input_stream_close_async(
            long stream, int priority, long cancellable, long callback, long userData) {
        try {
            INPUT_STREAM_CLOSE_ASYNC.invokeExact(stream, priority, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_input_stream_close_finish(long stream, long result, long error) {
        try {
            return (int) INPUT_STREAM_CLOSE_FINISH.invokeExact(stream, result, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The buffer has to live until the callback. */
    public static void g_output_stream_write_all_async(
            long stream, long buffer, long count, int priority, long cancellable, long callback, long userData) {
        try {
            OUTPUT_STREAM_WRITE_ALL_ASYNC.invokeExact(stream, buffer, count, priority, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code bytesWritten} is a {@code gsize*} or 0. */
    public static boolean g_output_stream_write_all_finish(long stream, long result, long bytesWritten, long error) {
        try {
            return (int) OUTPUT_STREAM_WRITE_ALL_FINISH.invokeExact(stream, result, bytesWritten, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_output_stream_flush_async(
            long stream, int priority, long cancellable, long callback, long userData) {
        try {
            OUTPUT_STREAM_FLUSH_ASYNC.invokeExact(stream, priority, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_output_stream_flush_finish(long stream, long result, long error) {
        try {
            return (int) OUTPUT_STREAM_FLUSH_FINISH.invokeExact(stream, result, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_output_stream_close_async(
            long stream, int priority, long cancellable, long callback, long userData) {
        try {
            OUTPUT_STREAM_CLOSE_ASYNC.invokeExact(stream, priority, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_output_stream_close_finish(long stream, long result, long error) {
        try {
            return (int) OUTPUT_STREAM_CLOSE_FINISH.invokeExact(stream, result, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
