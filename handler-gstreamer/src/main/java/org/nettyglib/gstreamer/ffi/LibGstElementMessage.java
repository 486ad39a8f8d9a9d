package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.NativeBuffer;

/**
 * What an element tells its pipeline's bus. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstelement.html#gst_element_message_full">gst_element_message_full</a>
 */
public final class LibGstElementMessage {
    /** {@code GST_MESSAGE_ERROR} of {@code gst/gstmessage.h}. */
    public static final int ERROR = 1 << 1;

    /** {@code GST_MESSAGE_WARNING}. */
    public static final int WARNING = 1 << 2;

    /** {@code GST_RESOURCE_ERROR_READ} of {@code gst/gsterror.h}. */
    public static final int RESOURCE_ERROR_READ = 9;

    /** What {@link #gst_resource_error_quark} stands for. */
    public static final String RESOURCE_ERROR = "gst-resource-error-quark";

    private static final MethodHandle RESOURCE_ERROR_QUARK =
            GstLibraries.GSTREAMER.bind("gst_resource_error_quark", JAVA_INT);
    private static final MethodHandle MESSAGE_FULL = GstLibraries.GSTREAMER.bindVoid(
            "gst_element_message_full",
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT);

    /** Where a message says it comes from, in place of a line of C: GStreamer joins it to the debug text. */
    private static final long FILE = Memory.immortalString("org.nettyglib.gstreamer");

    private static final long FUNCTION = Memory.immortalString("AppSrcHandler");

    private LibGstElementMessage() {}

    public static int gst_resource_error_quark() {
        try {
            return (int) RESOURCE_ERROR_QUARK.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void gst_element_message_full(
            long element, int type, int domain, int code, String text, String debug) {
        try {
            MESSAGE_FULL.invokeExact(element, type, domain, code, given(text), given(debug), FILE, FUNCTION, 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** A copy that GStreamer frees by g_free(). */
    private static long given(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NativeBuffer copy = new NativeBuffer(bytes.length + 1);
        Memory.putBytes(copy.address(), bytes);
        Memory.putByte(copy.address() + bytes.length, (byte) 0);
        return copy.address();
    }
}
