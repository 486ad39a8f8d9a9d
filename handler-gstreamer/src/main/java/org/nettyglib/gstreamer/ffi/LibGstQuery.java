package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * Questions to elements. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstelement.html">GstElement</a>
 */
public final class LibGstQuery {
    private static final MethodHandle POSITION =
            GstLibraries.GSTREAMER.bind("gst_element_query_position", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle DURATION =
            GstLibraries.GSTREAMER.bind("gst_element_query_duration", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle GET_FACTORY =
            GstLibraries.GSTREAMER.bind("gst_element_get_factory", JAVA_LONG, JAVA_LONG);

    /** {@code GST_FORMAT_TIME} of {@code gst/gstformat.h}. */
    private static final int FORMAT_TIME = 3;

    private LibGstQuery() {}

    /** {@return nanoseconds, if the element knows} */
    public static OptionalLong position(long element) {
        return time(POSITION, element);
    }

    /** {@return nanoseconds, if the element knows} */
    public static OptionalLong duration(long element) {
        return time(DURATION, element);
    }

    private static OptionalLong time(MethodHandle query, long element) {
        try {
            long nanos = Scratch.cleared();
            boolean known = (int) query.invokeExact(element, FORMAT_TIME, nanos) != 0;
            long value = Memory.getLong(nanos);
            return known && value >= 0 ? OptionalLong.of(value) : OptionalLong.empty();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the name of what made the element, such as {@code videotestsrc}; empty if that is not known} */
    public static String factoryName(long element) {
        try {
            long factory = (long) GET_FACTORY.invokeExact(element);
            return factory == 0 ? "" : LibGst.gst_object_get_name(factory);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
