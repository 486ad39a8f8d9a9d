package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * What a {@code GError} says.
 *
 * @param domain for example {@code gst-resource-error-quark}
 * @param code what it is, in the domain
 * @param message in words
 */
public record GstError(String domain, int code, String message) {
    // struct _GError { GQuark domain; gint code; gchar *message; } of glib/gerror.h
    private static final int CODE_OFFSET = Integer.BYTES;
    private static final int MESSAGE_OFFSET = 2 * Integer.BYTES;

    // GLib's own functions are found through GStreamer, which is linked with it.
    private static final MethodHandle ERROR_FREE = GstLibraries.GSTREAMER.bindVoid("g_error_free", JAVA_LONG);
    private static final MethodHandle QUARK_TO_STRING =
            GstLibraries.GSTREAMER.bind("g_quark_to_string", JAVA_LONG, JAVA_INT);

    /** {@return what it says} It is freed. */
    static GstError take(long error) {
        long message = Memory.getLong(error + MESSAGE_OFFSET);
        try {
            long domain = (long) QUARK_TO_STRING.invokeExact(Memory.getInt(error));
            GstError copy = new GstError(
                    domain == 0 ? "" : Memory.getString(domain),
                    Memory.getInt(error + CODE_OFFSET),
                    message == 0 ? "" : Memory.getString(message));
            ERROR_FREE.invokeExact(error);
            return copy;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
