package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;

/**
 * A buffer and its caps, which the sample goes on owning. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstsample.html">GstSample</a>
 */
public final class LibGstSample {
    private static final MethodHandle GET_BUFFER =
            GstLibraries.GSTREAMER.bind("gst_sample_get_buffer", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_CAPS =
            GstLibraries.GSTREAMER.bind("gst_sample_get_caps", JAVA_LONG, JAVA_LONG);

    private LibGstSample() {}

    /** {@return the buffer, or 0} */
    public static long gst_sample_get_buffer(long sample) {
        try {
            return (long) GET_BUFFER.invokeExact(sample);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the caps, or 0} */
    public static long gst_sample_get_caps(long sample) {
        try {
            return (long) GET_CAPS.invokeExact(sample);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
