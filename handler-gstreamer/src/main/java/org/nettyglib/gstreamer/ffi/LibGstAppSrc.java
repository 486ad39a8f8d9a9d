package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.nettyglib.ffi.Bindings;

/**
 * The element through which a program puts data into a pipeline. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/applib/gstappsrc.html">GstAppSrc</a>
 */
public final class LibGstAppSrc {
    private static final MethodHandle GET_TYPE = GstLibraries.APP.bind("gst_app_src_get_type", JAVA_LONG);
    private static final MethodHandle SET_CALLBACKS =
            GstLibraries.APP.bindVoid("gst_app_src_set_callbacks", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PUSH_BUFFER =
            GstLibraries.APP.bind("gst_app_src_push_buffer", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle END_OF_STREAM =
            GstLibraries.APP.bind("gst_app_src_end_of_stream", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SET_CAPS =
            GstLibraries.APP.bindVoid("gst_app_src_set_caps", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_CURRENT_LEVEL_BYTES =
            GstLibraries.APP.bind("gst_app_src_get_current_level_bytes", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_OBJECT_ARG =
            GstLibraries.GSTREAMER.bindVoid("gst_util_set_object_arg", JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** {@code GstAppSrcCallbacks} of {@code gst/app/gstappsrc.h}: three functions, and room for four more. */
    private static final int CALLBACKS = 3 + 4;

    private LibGstAppSrc() {}

    public static long gst_app_src_get_type() {
        try {
            return (long) GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /**
     * Replaces the callbacks. Those before are told by their own {@code notify} that they are gone, when none of them runs any more.
     *
     * @param userData handed to each of them
     */
    static void gst_app_src_set_callbacks(long appsrc, long needData, long enoughData, long userData, long notify) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment callbacks = arena.allocate(JAVA_LONG, CALLBACKS);
            callbacks.setAtIndex(JAVA_LONG, 0, needData);
            callbacks.setAtIndex(JAVA_LONG, 1, enoughData);
            SET_CALLBACKS.invokeExact(appsrc, callbacks.address(), userData, notify);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /**
     * Takes the reference to the buffer, also if it is refused.
     *
     * @return a {@code GstFlowReturn}
     */
    public static int gst_app_src_push_buffer(long appsrc, long buffer) {
        try {
            return (int) PUSH_BUFFER.invokeExact(appsrc, buffer);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a {@code GstFlowReturn}} */
    public static int gst_app_src_end_of_stream(long appsrc) {
        try {
            return (int) END_OF_STREAM.invokeExact(appsrc);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** For the buffers that are pushed from now on. The caps go on being the caller's. */
    public static void gst_app_src_set_caps(long appsrc, long caps) {
        try {
            SET_CAPS.invokeExact(appsrc, caps);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long gst_app_src_get_current_level_bytes(long appsrc) {
        try {
            return (long) GET_CURRENT_LEVEL_BYTES.invokeExact(appsrc);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Sets a property, which has to exist, from a text, as {@code gst-launch-1.0} does. */
    public static void gst_util_set_object_arg(long object, String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            SET_OBJECT_ARG.invokeExact(
                    object,
                    arena.allocateFrom(name, StandardCharsets.UTF_8).address(),
                    arena.allocateFrom(value, StandardCharsets.UTF_8).address());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
