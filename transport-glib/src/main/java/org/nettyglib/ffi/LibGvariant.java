package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.invoke.MethodHandle;

/**
 * What reads a {@code GVariant}, under the C names. From any thread; the type has to be the one that the function is for.
 *
 * @see <a href="https://docs.gtk.org/glib/struct.Variant.html">GVariant</a>
 */
public final class LibGvariant {
    private static final MethodHandle N_CHILDREN = LibGlib.GLIB.bind("g_variant_n_children", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_CHILD_VALUE =
            LibGlib.GLIB.bind("g_variant_get_child_value", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_UINT16 = LibGlib.GLIB.bind("g_variant_get_uint16", JAVA_SHORT, JAVA_LONG);
    private static final MethodHandle GET_UINT32 = LibGlib.GLIB.bind("g_variant_get_uint32", JAVA_INT, JAVA_LONG);
    private static final MethodHandle GET_STRING =
            LibGlib.GLIB.bind("g_variant_get_string", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle UNREF = LibGlib.GLIB.bindVoid("g_variant_unref", JAVA_LONG);

    private LibGvariant() {}

    public static long g_variant_n_children(long container) {
        try {
            return (long) N_CHILDREN.invokeExact(container);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The caller owns what is returned. */
    public static long g_variant_get_child_value(long container, long index) {
        try {
            return (long) GET_CHILD_VALUE.invokeExact(container, index);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_variant_get_uint16(long value) {
        try {
            return Short.toUnsignedInt((short) GET_UINT16.invokeExact(value));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_variant_get_uint32(long value) {
        try {
            return Integer.toUnsignedLong((int) GET_UINT32.invokeExact(value));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static String g_variant_get_string(long value) {
        try {
            return Memory.getString((long) GET_STRING.invokeExact(value, 0L));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_variant_unref(long value) {
        try {
            UNREF.invokeExact(value);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
