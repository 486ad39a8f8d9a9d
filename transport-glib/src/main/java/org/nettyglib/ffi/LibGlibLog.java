package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * GLib's functions about log messages, under their C names. All of them may be called from any thread.
 *
 * @see <a href="https://docs.gtk.org/glib/logging.html">GLib's message logging</a>
 */
final class LibGlibLog {
    /** {@code GLogLevelFlags}, {@code glib/gmessages.h}. */
    static final int G_LOG_FLAG_RECURSION = 1;

    /** See {@link #G_LOG_FLAG_RECURSION}. */
    static final int G_LOG_FLAG_FATAL = 1 << 1;

    /** See {@link #G_LOG_FLAG_RECURSION}. */
    static final int G_LOG_LEVEL_ERROR = 1 << 2;

    /** See {@link #G_LOG_FLAG_RECURSION}. */
    static final int G_LOG_LEVEL_MASK = ~(G_LOG_FLAG_RECURSION | G_LOG_FLAG_FATAL);

    /** What is fatal unless somebody says otherwise: {@code G_LOG_FATAL_MASK}, {@code glib/gmessages.h}. */
    static final int G_LOG_FATAL_MASK = G_LOG_FLAG_RECURSION | G_LOG_LEVEL_ERROR;

    private static final MethodHandle SET_WRITER_FUNC =
            LibGlib.GLIB.bindVoid("g_log_set_writer_func", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITER_DEFAULT =
            LibGlib.GLIB.bind("g_log_writer_default", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_HANDLER =
            LibGlib.GLIB.bind("g_log_set_handler", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle REMOVE_HANDLER =
            LibGlib.GLIB.bindVoid("g_log_remove_handler", JAVA_LONG, JAVA_INT);
    private static final MethodHandle DEFAULT_HANDLER =
            LibGlib.GLIB.bindVoid("g_log_default_handler", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_FATAL_HANDLER =
            LibGlib.GLIB.bindVoid("g_test_log_set_fatal_handler", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_ALWAYS_FATAL =
            LibGlib.GLIB.bind("g_log_set_always_fatal", JAVA_INT, JAVA_INT);

    /** GLib has it since 2.86. */
    private static final @Nullable MethodHandle GET_ALWAYS_FATAL =
            LibGlib.GLIB.has("g_log_get_always_fatal") ? LibGlib.GLIB.bind("g_log_get_always_fatal", JAVA_INT) : null;

    private static int alwaysFatal = G_LOG_FATAL_MASK;

    private LibGlibLog() {}

    /** {@code func} is a {@code GLogWriterFunc}. GLib before 2.73 replaces a former one, newer ones end the process. */
    static void g_log_set_writer_func(long func) {
        try {
            SET_WRITER_FUNC.invokeExact(func, 0L, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static int g_log_writer_default(int level, long fields, long count) {
        try {
            return (int) WRITER_DEFAULT.invokeExact(level, fields, count, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code domain} is a {@code char*}, {@code func} a {@code GLogFunc}. Returns the id of the handler. */
    static int g_log_set_handler(long domain, int levels, long func) {
        try {
            return (int) SET_HANDLER.invokeExact(domain, levels, func, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static void g_log_remove_handler(long domain, int id) {
        try {
            REMOVE_HANDLER.invokeExact(domain, id);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code domain} and {@code message} are a {@code char*}. */
    static void g_log_default_handler(long domain, int level, long message) {
        try {
            DEFAULT_HANDLER.invokeExact(domain, level, message, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code func} is a {@code GTestLogFatalFunc}. */
    static void g_test_log_set_fatal_handler(long func) {
        try {
            SET_FATAL_HANDLER.invokeExact(func, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /**
     * The levels that end the process. Where GLib has no function for this, the mask is set to what it was when last asked
     * for, which tells what it really was, and set back if that is something else.
     */
    static synchronized int g_log_get_always_fatal() {
        try {
            if (GET_ALWAYS_FATAL != null) {
                return (int) GET_ALWAYS_FATAL.invokeExact();
            }
            int current = (int) SET_ALWAYS_FATAL.invokeExact(alwaysFatal);
            if (current != alwaysFatal) {
                alwaysFatal = current;
                int ignored = (int) SET_ALWAYS_FATAL.invokeExact(current);
            }
            return current;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
