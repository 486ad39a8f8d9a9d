package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The environment of a process to be started: a {@code char**} of GLib. It is in the encoding of file names; a value of this
 * process that is not stays as it is.
 *
 * @see <a href="https://docs.gtk.org/glib/func.get_environ.html">g_get_environ</a>
 */
public final class Environment implements AutoCloseable {
    private static final MethodHandle GET_ENVIRON = LibGlib.GLIB.bind("g_get_environ", JAVA_LONG);
    private static final MethodHandle SETENV =
            LibGlib.GLIB.bind("g_environ_setenv", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle UNSETENV =
            LibGlib.GLIB.bind("g_environ_unsetenv", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRFREEV = LibGlib.GLIB.bindVoid("g_strfreev", JAVA_LONG);

    private final Arena arena = Arena.ofConfined();

    /** 0 as long as there is nothing. */
    private long variables;

    private Environment(long variables) {
        this.variables = variables;
    }

    /** One without variables. */
    public static Environment empty() {
        return new Environment(0);
    }

    /** A copy of this process's. */
    public static Environment ofThisProcess() {
        return new Environment(g_get_environ());
    }

    public void set(String name, String value) {
        variables = g_environ_setenv(variables, CStrings.of(arena, name), CStrings.of(arena, value), true);
    }

    public void remove(String name) {
        if (variables != 0) {
            variables = g_environ_unsetenv(variables, CStrings.of(arena, name));
        }
    }

    /** What execve(2) takes, good until this is changed or closed. */
    long vector() {
        return variables != 0 ? variables : CStrings.vectorOf(arena, List.of());
    }

    @Override
    public void close() {
        g_strfreev(variables);
        arena.close();
    }

    private static long g_get_environ() {
        try {
            return (long) GET_ENVIRON.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static long g_environ_setenv(long environ, long variable, long value, boolean overwrite) {
        try {
            return (long) SETENV.invokeExact(environ, variable, value, overwrite ? 1 : 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static long g_environ_unsetenv(long environ, long variable) {
        try {
            return (long) UNSETENV.invokeExact(environ, variable);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static void g_strfreev(long strings) {
        try {
            STRFREEV.invokeExact(strings);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
