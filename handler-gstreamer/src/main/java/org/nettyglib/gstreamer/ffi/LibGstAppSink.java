package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;

/**
 * The element that hands its samples to the program, and lists of buffers, which a sample may hold. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/applib/gstappsink.html">GstAppSink</a>
 */
public final class LibGstAppSink {
    private static final MethodHandle GET_TYPE = GstLibraries.APP.bind("gst_app_sink_get_type", JAVA_LONG);
    private static final MethodHandle SET_CALLBACKS =
            GstLibraries.APP.bindVoid("gst_app_sink_set_callbacks", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TRY_PULL_SAMPLE =
            GstLibraries.APP.bind("gst_app_sink_try_pull_sample", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IS_EOS = GstLibraries.APP.bind("gst_app_sink_is_eos", JAVA_INT, JAVA_LONG);
    private static final MethodHandle GET_MAX_BUFFERS =
            GstLibraries.APP.bind("gst_app_sink_get_max_buffers", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SET_MAX_BUFFERS =
            GstLibraries.APP.bindVoid("gst_app_sink_set_max_buffers", JAVA_LONG, JAVA_INT);
    private static final MethodHandle GET_DROP = GstLibraries.APP.bind("gst_app_sink_get_drop", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SAMPLE_GET_BUFFER_LIST =
            GstLibraries.GSTREAMER.bind("gst_sample_get_buffer_list", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle BUFFER_LIST_LENGTH =
            GstLibraries.GSTREAMER.bind("gst_buffer_list_length", JAVA_INT, JAVA_LONG);
    private static final MethodHandle BUFFER_LIST_GET =
            GstLibraries.GSTREAMER.bind("gst_buffer_list_get", JAVA_LONG, JAVA_LONG, JAVA_INT);

    private LibGstAppSink() {}

    public static long gst_app_sink_get_type() {
        try {
            return (long) GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /**
     * @param callbacks a {@code GstAppSinkCallbacks}, which is copied
     * @param notify called when these callbacks were replaced and none is running any more
     */
    public static void gst_app_sink_set_callbacks(long sink, long callbacks, long userData, long notify) {
        try {
            SET_CALLBACKS.invokeExact(sink, callbacks, userData, notify);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a sample with a reference of the caller's, or 0 if there is none now} */
    public static long gst_app_sink_try_pull_sample(long sink, long timeoutNanos) {
        try {
            return (long) TRY_PULL_SAMPLE.invokeExact(sink, timeoutNanos);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether the stream has ended and nothing can be pulled} So it is as well if the element is not started. */
    public static boolean gst_app_sink_is_eos(long sink) {
        try {
            return (int) IS_EOS.invokeExact(sink) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return how many buffers wait before the stream does; 0 for any number} */
    public static int gst_app_sink_get_max_buffers(long sink) {
        try {
            return (int) GET_MAX_BUFFERS.invokeExact(sink);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void gst_app_sink_set_max_buffers(long sink, int max) {
        try {
            SET_MAX_BUFFERS.invokeExact(sink, max);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether buffers are dropped where the stream would have to wait} */
    public static boolean gst_app_sink_get_drop(long sink) {
        try {
            return (int) GET_DROP.invokeExact(sink) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the list, which the sample goes on owning, or 0} */
    public static long gst_sample_get_buffer_list(long sample) {
        try {
            return (long) SAMPLE_GET_BUFFER_LIST.invokeExact(sample);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int gst_buffer_list_length(long list) {
        try {
            return (int) BUFFER_LIST_LENGTH.invokeExact(list);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a buffer, which the list goes on owning} */
    public static long gst_buffer_list_get(long list, int index) {
        try {
            return (long) BUFFER_LIST_GET.invokeExact(list, index);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
