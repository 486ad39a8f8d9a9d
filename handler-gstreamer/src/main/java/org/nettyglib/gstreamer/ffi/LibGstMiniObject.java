package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * What buffers, samples, caps and messages have in common: references and flags. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstminiobject.html">GstMiniObject</a>
 */
public final class LibGstMiniObject {
    private static final MethodHandle REF = GstLibraries.GSTREAMER.bind("gst_mini_object_ref", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle UNREF = GstLibraries.GSTREAMER.bindVoid("gst_mini_object_unref", JAVA_LONG);

    // struct _GstMiniObject { GType type; gint refcount; gint lockstate; guint flags; …; } of gst/gstminiobject.h
    private static final long REF_COUNT = 8;
    private static final long LOCK_STATE = 12;
    private static final long FLAGS = 16;

    private LibGstMiniObject() {}

    public static void gst_mini_object_ref(long object) {
        try {
            long same = (long) REF.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void gst_mini_object_unref(long object) {
        try {
            UNREF.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return how many references there are: 1 if there is the caller's alone, otherwise good for a moment only} */
    public static int refCount(long object) {
        return Memory.getInt(object + REF_COUNT);
    }

    /**
     * {@return how many locks there are} GStreamer counts up to 255 of them, in the second byte of the state ({@code gst/gstminiobject.c}), and
     * does not notice one more.
     */
    public static int lockCount(long object) {
        return Memory.getInt(object + LOCK_STATE) >>> Byte.SIZE & 0xFF;
    }

    public static int flags(long object) {
        return Memory.getInt(object + FLAGS);
    }

    /** Only the one who holds the sole reference may do this. */
    public static void flags(long object, int flags) {
        Memory.putInt(object + FLAGS, flags);
    }
}
