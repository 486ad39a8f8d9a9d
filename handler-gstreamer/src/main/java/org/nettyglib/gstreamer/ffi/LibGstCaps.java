package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.Memory;

/**
 * Caps, and the buffers which may be in one of their fields. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstcaps.html">GstCaps</a>
 */
public final class LibGstCaps {
    private static final MethodHandle FROM_STRING =
            GstLibraries.GSTREAMER.bind("gst_caps_from_string", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TO_STRING =
            GstLibraries.GSTREAMER.bind("gst_caps_to_string", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_SIZE = GstLibraries.GSTREAMER.bind("gst_caps_get_size", JAVA_INT, JAVA_LONG);
    private static final MethodHandle GET_STRUCTURE =
            GstLibraries.GSTREAMER.bind("gst_caps_get_structure", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle STRUCTURE_GET_NAME =
            GstLibraries.GSTREAMER.bind("gst_structure_get_name", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRUCTURE_GET_VALUE =
            GstLibraries.GSTREAMER.bind("gst_structure_get_value", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ARRAY_GET_SIZE =
            GstLibraries.GSTREAMER.bind("gst_value_array_get_size", JAVA_INT, JAVA_LONG);
    private static final MethodHandle ARRAY_GET_VALUE =
            GstLibraries.GSTREAMER.bind("gst_value_array_get_value", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle ARRAY_GET_TYPE =
            GstLibraries.GSTREAMER.bind("gst_value_array_get_type", JAVA_LONG);
    private static final MethodHandle BUFFER_GET_TYPE = GstLibraries.GSTREAMER.bind("gst_buffer_get_type", JAVA_LONG);

    /** Where the content stands in {@code struct _GValue} of {@code gobject/gvalue.h}, after its type. */
    private static final long VALUE_DATA = 8;

    private LibGstCaps() {}

    /** {@return caps with a reference of the caller's, or 0 if the text is none} */
    public static long gst_caps_from_string(String text) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) FROM_STRING.invokeExact(
                    arena.allocateFrom(text, StandardCharsets.UTF_8).address());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static @Nullable String gst_caps_to_string(long caps) {
        try {
            return CStrings.take((long) TO_STRING.invokeExact(caps));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return how many structures there are: none in caps that stand for anything} */
    public static int gst_caps_get_size(long caps) {
        try {
            return (int) GET_SIZE.invokeExact(caps);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long gst_caps_get_structure(long caps, int index) {
        try {
            return (long) GET_STRUCTURE.invokeExact(caps, index);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static String gst_structure_get_name(long structure) {
        try {
            return Memory.getString((long) STRUCTURE_GET_NAME.invokeExact(structure));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the GValue of a field, which the structure goes on owning, or 0} */
    public static long gst_structure_get_value(long structure, long name) {
        try {
            return (long) STRUCTURE_GET_VALUE.invokeExact(structure, name);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int gst_value_array_get_size(long value) {
        try {
            return (int) ARRAY_GET_SIZE.invokeExact(value);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long gst_value_array_get_value(long value, int index) {
        try {
            return (long) ARRAY_GET_VALUE.invokeExact(value, index);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether a GValue holds an array of GValues} */
    public static boolean isArray(long value) {
        try {
            return Memory.getLong(value) == (long) ARRAY_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the buffer in a GValue, which goes on owning it; 0 if there is something else in it} */
    public static long buffer(long value) {
        try {
            return Memory.getLong(value) == (long) BUFFER_GET_TYPE.invokeExact()
                    ? Memory.getLong(value + VALUE_DATA)
                    : 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
