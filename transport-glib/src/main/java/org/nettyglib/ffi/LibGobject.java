package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/**
 * The functions of GObject, under their C names. From any thread.
 *
 * @see <a href="https://docs.gtk.org/gobject/class.Object.html">GObject</a>
 */
public final class LibGobject {
    static final Bindings GOBJECT = Bindings.of("libgobject-2.0.so.0", "install GLib, of which it is a part");

    private static final MethodHandle OBJECT_REF = GOBJECT.bind("g_object_ref", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OBJECT_UNREF = GOBJECT.bindVoid("g_object_unref", JAVA_LONG);
    private static final MethodHandle SIGNAL_CONNECT = GOBJECT.bind(
            "g_signal_connect_data", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SIGNAL_DISCONNECT =
            GOBJECT.bindVoid("g_signal_handler_disconnect", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IS_A = GOBJECT.bind("g_type_check_instance_is_a", JAVA_INT, JAVA_LONG, JAVA_LONG);

    /** Where {@code ref_count} stands in {@code struct _GObject} of {@code gobject.h}. */
    private static final long REF_COUNT = 8;

    private LibGobject() {}

    public static long g_object_ref(long object) {
        try {
            return (long) OBJECT_REF.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_object_unref(long object) {
        try {
            OBJECT_UNREF.invokeExact(object);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return how many references there are: 1 if there is the caller's alone, otherwise good for a moment only} */
    public static int refCount(long object) {
        return Memory.getInt(object + REF_COUNT);
    }

    /** @param destroyData called when the handler is gone and cannot be running any more */
    public static long g_signal_connect_data(
            long instance, long signal, long handler, long data, long destroyData, int flags) {
        try {
            return (long) SIGNAL_CONNECT.invokeExact(instance, signal, handler, data, destroyData, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_signal_handler_disconnect(long instance, long handlerId) {
        try {
            SIGNAL_DISCONNECT.invokeExact(instance, handlerId);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_type_check_instance_is_a(long instance, long type) {
        try {
            return (int) IS_A.invokeExact(instance, type) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
