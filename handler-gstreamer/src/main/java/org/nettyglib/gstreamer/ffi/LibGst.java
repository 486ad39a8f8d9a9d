package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.Memory;

/**
 * GStreamer as a whole, and what all its objects have in common. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gst.html">Gst</a>
 */
public final class LibGst {
    private static final MethodHandle INIT_CHECK =
            GstLibraries.GSTREAMER.bind("gst_init_check", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle VERSION =
            GstLibraries.GSTREAMER.bindVoid("gst_version", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle VERSION_STRING = GstLibraries.GSTREAMER.bind("gst_version_string", JAVA_LONG);
    private static final MethodHandle FACTORY_FIND =
            GstLibraries.GSTREAMER.bind("gst_element_factory_find", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OBJECT_REF = GstLibraries.GSTREAMER.bind("gst_object_ref", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OBJECT_REF_SINK =
            GstLibraries.GSTREAMER.bind("gst_object_ref_sink", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OBJECT_UNREF = GstLibraries.GSTREAMER.bindVoid("gst_object_unref", JAVA_LONG);
    private static final MethodHandle OBJECT_GET_NAME =
            GstLibraries.GSTREAMER.bind("gst_object_get_name", JAVA_LONG, JAVA_LONG);

    private LibGst() {}

    /** {@return null, or why GStreamer does not start} Any number of times; the first loads the list of plug-ins. */
    public static @Nullable GstError gst_init_check() {
        try {
            long error = Scratch.cleared();
            boolean started = (int) INIT_CHECK.invokeExact(0L, 0L, error) != 0;
            long found = Memory.getLong(error);
            if (started) {
                return null;
            }
            return found == 0 ? new GstError("", 0, "GStreamer does not say why") : GstError.take(found);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return major, minor, micro and nano} */
    public static int[] gst_version() {
        try {
            long numbers = Scratch.cleared();
            VERSION.invokeExact(
                    numbers, numbers + Integer.BYTES, numbers + 2L * Integer.BYTES, numbers + 3L * Integer.BYTES);
            return new int[] {
                Memory.getInt(numbers),
                Memory.getInt(numbers + Integer.BYTES),
                Memory.getInt(numbers + 2L * Integer.BYTES),
                Memory.getInt(numbers + 3L * Integer.BYTES)
            };
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static String gst_version_string() {
        try {
            return take((long) VERSION_STRING.invokeExact());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a factory with a reference of the caller's, or 0} */
    public static long gst_element_factory_find(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) FACTORY_FIND.invokeExact(
                    arena.allocateFrom(name, StandardCharsets.UTF_8).address());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void gst_object_ref(long object) {
        try {
            long same = (long) OBJECT_REF.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Makes the floating reference of a new object the caller's; a further one if it is the caller's already. */
    public static void gst_object_ref_sink(long object) {
        try {
            long same = (long) OBJECT_REF_SINK.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void gst_object_unref(long object) {
        try {
            OBJECT_UNREF.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static String gst_object_get_name(long object) {
        try {
            return take((long) OBJECT_GET_NAME.invokeExact(object));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static String take(long text) {
        return Objects.requireNonNullElse(CStrings.take(text), "");
    }
}
