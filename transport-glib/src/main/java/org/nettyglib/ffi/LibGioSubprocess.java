package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The functions of GIO about child processes, under their C names. Strings are in the encoding of file names.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Subprocess.html">GSubprocess</a>
 * @see <a href="https://docs.gtk.org/gio/class.SubprocessLauncher.html">GSubprocessLauncher</a>
 */
public final class LibGioSubprocess {
    // GSubprocessFlags, gio/gioenums.h.
    public static final int G_SUBPROCESS_FLAGS_STDIN_INHERIT = 1 << 1;
    public static final int G_SUBPROCESS_FLAGS_STDOUT_SILENCE = 1 << 3;
    public static final int G_SUBPROCESS_FLAGS_STDERR_SILENCE = 1 << 5;
    public static final int G_SUBPROCESS_FLAGS_STDERR_MERGE = 1 << 6;

    private static final MethodHandle LAUNCHER_NEW = LibGio.GIO.bind("g_subprocess_launcher_new", JAVA_LONG, JAVA_INT);
    private static final MethodHandle LAUNCHER_SET_ENVIRON =
            LibGio.GIO.bindVoid("g_subprocess_launcher_set_environ", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LAUNCHER_SETENV =
            LibGio.GIO.bindVoid("g_subprocess_launcher_setenv", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LAUNCHER_UNSETENV =
            LibGio.GIO.bindVoid("g_subprocess_launcher_unsetenv", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LAUNCHER_SET_CWD =
            LibGio.GIO.bindVoid("g_subprocess_launcher_set_cwd", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LAUNCHER_TAKE_STDIN =
            LibGio.GIO.bindVoid("g_subprocess_launcher_take_stdin_fd", JAVA_LONG, JAVA_INT);
    private static final MethodHandle LAUNCHER_TAKE_STDOUT =
            LibGio.GIO.bindVoid("g_subprocess_launcher_take_stdout_fd", JAVA_LONG, JAVA_INT);
    private static final MethodHandle LAUNCHER_TAKE_STDERR =
            LibGio.GIO.bindVoid("g_subprocess_launcher_take_stderr_fd", JAVA_LONG, JAVA_INT);
    private static final MethodHandle LAUNCHER_SPAWNV =
            LibGio.GIO.bind("g_subprocess_launcher_spawnv", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_IDENTIFIER =
            LibGio.GIO.bind("g_subprocess_get_identifier", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SEND_SIGNAL =
            LibGio.GIO.bindVoid("g_subprocess_send_signal", JAVA_LONG, JAVA_INT);
    private static final MethodHandle WAIT_ASYNC =
            LibGio.GIO.bindVoid("g_subprocess_wait_async", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WAIT_FINISH =
            LibGio.GIO.bind("g_subprocess_wait_finish", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_STATUS = LibGio.GIO.bind("g_subprocess_get_status", JAVA_INT, JAVA_LONG);

    private LibGioSubprocess() {}

    /** It copies the environment of this process. */
    public static long g_subprocess_launcher_new(int flags) {
        try {
            return (long) LAUNCHER_NEW.invokeExact(flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code environ} is a {@code char**}, which is copied. */
    public static void g_subprocess_launcher_set_environ(long launcher, long environ) {
        try {
            LAUNCHER_SET_ENVIRON.invokeExact(launcher, environ);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_subprocess_launcher_setenv(long launcher, long variable, long value, boolean overwrite) {
        try {
            LAUNCHER_SETENV.invokeExact(launcher, variable, value, overwrite ? 1 : 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_subprocess_launcher_unsetenv(long launcher, long variable) {
        try {
            LAUNCHER_UNSETENV.invokeExact(launcher, variable);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_subprocess_launcher_set_cwd(long launcher, long cwd) {
        try {
            LAUNCHER_SET_CWD.invokeExact(launcher, cwd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The descriptor is the launcher's from here on, which closes it when it is finalised. */
    public static void g_subprocess_launcher_take_stdin_fd(long launcher, int fd) {
        try {
            LAUNCHER_TAKE_STDIN.invokeExact(launcher, fd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** See {@link #g_subprocess_launcher_take_stdin_fd}. */
    public static void g_subprocess_launcher_take_stdout_fd(long launcher, int fd) {
        try {
            LAUNCHER_TAKE_STDOUT.invokeExact(launcher, fd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** See {@link #g_subprocess_launcher_take_stdin_fd}. */
    public static void g_subprocess_launcher_take_stderr_fd(long launcher, int fd) {
        try {
            LAUNCHER_TAKE_STDERR.invokeExact(launcher, fd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code argv} is a {@code char**}, {@code error} a {@code GError**}. Waits until the child runs the program. */
    public static long g_subprocess_launcher_spawnv(long launcher, long argv, long error) {
        try {
            return (long) LAUNCHER_SPAWNV.invokeExact(launcher, argv, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Returns the process id in decimal, or null when the process is known to have ended. */
    public static @Nullable String g_subprocess_get_identifier(long subprocess) {
        try {
            long identifier = (long) GET_IDENTIFIER.invokeExact(subprocess);
            return identifier == 0 ? null : Memory.getString(identifier);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** From any thread. GIO's worker thread sends it, unless it has seen the end of the process. */
    public static void g_subprocess_send_signal(long subprocess, int signal) {
        try {
            SEND_SIGNAL.invokeExact(subprocess, signal);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_subprocess_wait_async(long subprocess, long cancellable, long callback, long userData) {
        try {
            WAIT_ASYNC.invokeExact(subprocess, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_subprocess_wait_finish(long subprocess, long result, long error) {
        try {
            return (int) WAIT_FINISH.invokeExact(subprocess, result, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** After the end of the process: its status, as waitpid(2) has it. */
    public static int g_subprocess_get_status(long subprocess) {
        try {
            return (int) GET_STATUS.invokeExact(subprocess);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
