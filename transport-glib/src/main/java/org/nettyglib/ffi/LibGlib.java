package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.util.internal.SystemPropertyUtil;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The functions of GLib that the loop drives, under their C names. Each does exactly what GLib's reference says of it;
 * the threads are GLib's too: what takes a {@code GMainContext} in an iteration belongs to the thread that acquired it.
 *
 * @see <a href="https://docs.gtk.org/glib/struct.MainContext.html">GMainContext</a>
 * @see <a href="https://docs.gtk.org/glib/struct.Source.html">GSource</a>
 */
public final class LibGlib {
    /** The oldest GLib that this transport is tested with: {@value}.{@value #MIN_MINOR}. */
    public static final int MIN_MAJOR = 2;

    /** See {@link #MIN_MAJOR}. */
    public static final int MIN_MINOR = 74;

    /** Names another GLib than the system's own: a library name that the dynamic linker finds, or a path. */
    public static final String LIBRARY_PROPERTY = "org.nettyglib.library";

    static final Bindings GLIB = Bindings.of(
            SystemPropertyUtil.get(LIBRARY_PROPERTY, "libglib-2.0.so.0"),
            "install GLib 2.74 or newer (Debian, Ubuntu: libglib2.0-0 or libglib2.0-0t64; Fedora: glib2; Alpine: glib)");

    private static final MethodHandle CHECK_VERSION =
            GLIB.bind("glib_check_version", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT);

    private static final MethodHandle CONTEXT_NEW = GLIB.bind("g_main_context_new", JAVA_LONG);
    private static final MethodHandle CONTEXT_DEFAULT = GLIB.bind("g_main_context_default", JAVA_LONG);
    private static final MethodHandle CONTEXT_REF = GLIB.bind("g_main_context_ref", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CONTEXT_UNREF = GLIB.bindVoid("g_main_context_unref", JAVA_LONG);
    private static final MethodHandle CONTEXT_ACQUIRE = GLIB.bind("g_main_context_acquire", JAVA_INT, JAVA_LONG);
    private static final MethodHandle CONTEXT_RELEASE = GLIB.bindVoid("g_main_context_release", JAVA_LONG);
    private static final MethodHandle CONTEXT_IS_OWNER = GLIB.bind("g_main_context_is_owner", JAVA_INT, JAVA_LONG);
    private static final MethodHandle CONTEXT_PUSH = GLIB.bindVoid("g_main_context_push_thread_default", JAVA_LONG);
    private static final MethodHandle CONTEXT_POP = GLIB.bindVoid("g_main_context_pop_thread_default", JAVA_LONG);
    private static final MethodHandle CONTEXT_THREAD_DEFAULT =
            GLIB.bind("g_main_context_get_thread_default", JAVA_LONG);
    private static final MethodHandle CONTEXT_ITERATION =
            GLIB.bind("g_main_context_iteration", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CONTEXT_PREPARE =
            GLIB.bind("g_main_context_prepare", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CONTEXT_QUERY =
            GLIB.bind("g_main_context_query", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CONTEXT_CHECK =
            GLIB.bind("g_main_context_check", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CONTEXT_DISPATCH = GLIB.bindVoid("g_main_context_dispatch", JAVA_LONG);
    private static final MethodHandle CONTEXT_WAKEUP = GLIB.bindVoid("g_main_context_wakeup", JAVA_LONG);

    private static final MethodHandle FREE = GLIB.bindVoid("g_free", JAVA_LONG);

    private static final MethodHandle SOURCE_NEW = GLIB.bind("g_source_new", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SOURCE_ATTACH = GLIB.bind("g_source_attach", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOURCE_DESTROY = GLIB.bindVoid("g_source_destroy", JAVA_LONG);
    private static final MethodHandle SOURCE_UNREF = GLIB.bindVoid("g_source_unref", JAVA_LONG);
    private static final MethodHandle SOURCE_SET_NAME = GLIB.bindVoid("g_source_set_name", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOURCE_SET_PRIORITY = GLIB.bindVoid("g_source_set_priority", JAVA_LONG, JAVA_INT);
    private static final MethodHandle SOURCE_SET_CAN_RECURSE =
            GLIB.bindVoid("g_source_set_can_recurse", JAVA_LONG, JAVA_INT);
    private static final MethodHandle SOURCE_SET_READY_TIME =
            GLIB.bindVoid("g_source_set_ready_time", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOURCE_ADD_FD =
            GLIB.bind("g_source_add_unix_fd", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOURCE_MODIFY_FD =
            GLIB.bindVoid("g_source_modify_unix_fd", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SOURCE_REMOVE_FD = GLIB.bindVoid("g_source_remove_unix_fd", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOURCE_QUERY_FD =
            GLIB.bind("g_source_query_unix_fd", JAVA_INT, JAVA_LONG, JAVA_LONG);

    private LibGlib() {}

    /**
     * Returns null if the GLib of this process is the given version or newer, otherwise GLib's own words.
     */
    public static @Nullable String glib_check_version(int major, int minor, int micro) {
        try {
            long message = (long) CHECK_VERSION.invokeExact(major, minor, micro);
            return message == 0 ? null : Memory.getString(message);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_main_context_new() {
        try {
            return (long) CONTEXT_NEW.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_main_context_default() {
        try {
            return (long) CONTEXT_DEFAULT.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_main_context_ref(long context) {
        try {
            return (long) CONTEXT_REF.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_main_context_unref(long context) {
        try {
            CONTEXT_UNREF.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_main_context_acquire(long context) {
        try {
            return (int) CONTEXT_ACQUIRE.invokeExact(context) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_main_context_release(long context) {
        try {
            CONTEXT_RELEASE.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_main_context_is_owner(long context) {
        try {
            return (int) CONTEXT_IS_OWNER.invokeExact(context) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_main_context_push_thread_default(long context) {
        try {
            CONTEXT_PUSH.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_main_context_pop_thread_default(long context) {
        try {
            CONTEXT_POP.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Returns 0 for a thread that has no thread-default context, so that GLib's default one serves. */
    public static long g_main_context_get_thread_default() {
        try {
            return (long) CONTEXT_THREAD_DEFAULT.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_main_context_iteration(long context, boolean mayBlock) {
        try {
            return (int) CONTEXT_ITERATION.invokeExact(context, mayBlock ? 1 : 0) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code priority} is a {@code gint*}. */
    public static boolean g_main_context_prepare(long context, long priority) {
        try {
            return (int) CONTEXT_PREPARE.invokeExact(context, priority) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code timeout} is a {@code gint*} (milliseconds), {@code fds} an array of {@link PollFds}. */
    public static int g_main_context_query(long context, int maxPriority, long timeout, long fds, int length) {
        try {
            return (int) CONTEXT_QUERY.invokeExact(context, maxPriority, timeout, fds, length);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_main_context_check(long context, int maxPriority, long fds, int length) {
        try {
            return (int) CONTEXT_CHECK.invokeExact(context, maxPriority, fds, length) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_main_context_dispatch(long context) {
        try {
            CONTEXT_DISPATCH.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** May be called from any thread. */
    public static void g_main_context_wakeup(long context) {
        try {
            CONTEXT_WAKEUP.invokeExact(context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Null is allowed. */
    public static void g_free(long memory) {
        try {
            FREE.invokeExact(memory);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_source_new(long sourceFuncs, int structSize) {
        try {
            return (long) SOURCE_NEW.invokeExact(sourceFuncs, structSize);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_source_attach(long source, long context) {
        try {
            return (int) SOURCE_ATTACH.invokeExact(source, context);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_destroy(long source) {
        try {
            SOURCE_DESTROY.invokeExact(source);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_unref(long source) {
        try {
            SOURCE_UNREF.invokeExact(source);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code name} is a {@code char*}, which GLib copies. */
    public static void g_source_set_name(long source, long name) {
        try {
            SOURCE_SET_NAME.invokeExact(source, name);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_set_priority(long source, int priority) {
        try {
            SOURCE_SET_PRIORITY.invokeExact(source, priority);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_set_can_recurse(long source, boolean canRecurse) {
        try {
            SOURCE_SET_CAN_RECURSE.invokeExact(source, canRecurse ? 1 : 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code readyTime} is in microseconds of {@code g_get_monotonic_time}; 0 is at once, -1 never. */
    public static void g_source_set_ready_time(long source, long readyTime) {
        try {
            SOURCE_SET_READY_TIME.invokeExact(source, readyTime);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Returns the tag of the descriptor within its source. */
    public static long g_source_add_unix_fd(long source, int fd, int events) {
        try {
            return (long) SOURCE_ADD_FD.invokeExact(source, fd, events);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_modify_unix_fd(long source, long tag, int events) {
        try {
            SOURCE_MODIFY_FD.invokeExact(source, tag, events);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_remove_unix_fd(long source, long tag) {
        try {
            SOURCE_REMOVE_FD.invokeExact(source, tag);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_source_query_unix_fd(long source, long tag) {
        try {
            return (int) SOURCE_QUERY_FD.invokeExact(source, tag);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
