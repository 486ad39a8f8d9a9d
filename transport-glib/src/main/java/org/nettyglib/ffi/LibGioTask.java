package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The functions of GIO's tasks, under their C names.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Task.html">GTask</a>
 */
public final class LibGioTask {
    private static final MethodHandle NEW =
            LibGio.GIO.bind("g_task_new", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_SOURCE_TAG =
            LibGio.GIO.bindVoid("g_task_set_source_tag", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle IS_TAGGED =
            LibGio.GIO.bind("g_async_result_is_tagged", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_TASK_DATA =
            LibGio.GIO.bindVoid("g_task_set_task_data", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_TASK_DATA = LibGio.GIO.bind("g_task_get_task_data", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RETURN_BOOLEAN =
            LibGio.GIO.bindVoid("g_task_return_boolean", JAVA_LONG, JAVA_INT);
    private static final MethodHandle RETURN_INT = LibGio.GIO.bindVoid("g_task_return_int", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RETURN_POINTER =
            LibGio.GIO.bindVoid("g_task_return_pointer", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RETURN_ERROR = LibGio.GIO.bindVoid("g_task_return_error", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PROPAGATE_BOOLEAN =
            LibGio.GIO.bind("g_task_propagate_boolean", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PROPAGATE_INT =
            LibGio.GIO.bind("g_task_propagate_int", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PROPAGATE_POINTER =
            LibGio.GIO.bind("g_task_propagate_pointer", JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle ERROR_NEW_LITERAL =
            LibGlib.GLIB.bind("g_error_new_literal", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle STRDUP = LibGlib.GLIB.bind("g_strdup", JAVA_LONG, JAVA_LONG);

    /** {@code g_free} as a {@code GDestroyNotify}. */
    public static final long G_FREE = LibGlib.GLIB.address("g_free");

    /** {@code g_object_unref} as a {@code GDestroyNotify}. */
    public static final long G_OBJECT_UNREF = LibGobject.GOBJECT.address("g_object_unref");

    private static final MethodHandle CALLBACK = callback();

    private LibGioTask() {}

    @SuppressWarnings("restricted")
    private static MethodHandle callback() {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    /** {@code callback} is a {@code GAsyncReadyCallback}. The task belongs to the thread-default context of this thread. */
    public static long g_task_new(long source, long cancellable, long callback, long userData) {
        try {
            return (long) NEW.invokeExact(source, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_task_set_source_tag(long task, long tag) {
        try {
            SET_SOURCE_TAG.invokeExact(task, tag);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_async_result_is_tagged(long result, long tag) {
        try {
            return (int) IS_TAGGED.invokeExact(result, tag) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code destroy} is called on the thread that drops the last reference to the task. */
    public static void g_task_set_task_data(long task, long data, long destroy) {
        try {
            SET_TASK_DATA.invokeExact(task, data, destroy);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_task_get_task_data(long task) {
        try {
            return (long) GET_TASK_DATA.invokeExact(task);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_task_return_boolean(long task, boolean result) {
        try {
            RETURN_BOOLEAN.invokeExact(task, result ? 1 : 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_task_return_int(long task, long result) {
        try {
            RETURN_INT.invokeExact(task, result);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_task_return_pointer(long task, long result, long destroy) {
        try {
            RETURN_POINTER.invokeExact(task, result, destroy);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Takes the {@code GError}. */
    public static void g_task_return_error(long task, long error) {
        try {
            RETURN_ERROR.invokeExact(task, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_task_propagate_boolean(long task, long error) {
        try {
            return (int) PROPAGATE_BOOLEAN.invokeExact(task, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_task_propagate_int(long task, long error) {
        try {
            return (long) PROPAGATE_INT.invokeExact(task, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_task_propagate_pointer(long task, long error) {
        try {
            return (long) PROPAGATE_POINTER.invokeExact(task, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The message is taken as it is, and not as a format. */
    public static long g_error_new_literal(int domain, int code, String message) {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom(message, StandardCharsets.UTF_8).address();
            return (long) ERROR_NEW_LITERAL.invokeExact(domain, code, text);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a copy for C, to be freed with {@code g_free}} */
    public static long g_strdup(String text) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) STRDUP.invokeExact(
                    arena.allocateFrom(text, StandardCharsets.UTF_8).address());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Calls a {@code GAsyncReadyCallback} of C code. */
    public static void call(MemorySegment callback, long source, long result, long userData) {
        try {
            CALLBACK.invokeExact(callback, source, result, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
