package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that start a process, under their C names. Those that return a number return an {@code errno},
 * or 0.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
final class LibSpawn {
    // spawn.h of glibc, 64 bit.
    static final long SIZEOF_FILE_ACTIONS = 80;
    static final long SIZEOF_ATTRIBUTES = 336;
    static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    static final short POSIX_SPAWN_SETSIGMASK = 0x08;

    private static final Bindings LIBC = Bindings.ofLibC();
    private static final MethodHandle SPAWNP =
            LIBC.bind("posix_spawnp", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ACTIONS_INIT = LIBC.bind("posix_spawn_file_actions_init", JAVA_INT, JAVA_LONG);
    private static final MethodHandle ACTIONS_DESTROY =
            LIBC.bind("posix_spawn_file_actions_destroy", JAVA_INT, JAVA_LONG);
    private static final MethodHandle ACTIONS_ADDDUP2 =
            LIBC.bind("posix_spawn_file_actions_adddup2", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACTIONS_ADDOPEN =
            LIBC.bind("posix_spawn_file_actions_addopen", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle ATTR_INIT = LIBC.bind("posix_spawnattr_init", JAVA_INT, JAVA_LONG);
    private static final MethodHandle ATTR_DESTROY = LIBC.bind("posix_spawnattr_destroy", JAVA_INT, JAVA_LONG);
    private static final MethodHandle ATTR_SETFLAGS =
            LIBC.bind("posix_spawnattr_setflags", JAVA_INT, JAVA_LONG, JAVA_SHORT);
    private static final MethodHandle ATTR_SETSIGMASK =
            LIBC.bind("posix_spawnattr_setsigmask", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ATTR_SETSIGDEFAULT =
            LIBC.bind("posix_spawnattr_setsigdefault", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRERROR = LIBC.bind("strerror", JAVA_LONG, JAVA_INT);

    private LibSpawn() {}

    /** What not every C library has. Bound with the first use. */
    private static final class Newer {
        static final String ADDCLOSEFROM_NAME = "posix_spawn_file_actions_addclosefrom_np";
        static final MethodHandle ADDCLOSEFROM = LIBC.bind(ADDCLOSEFROM_NAME, JAVA_INT, JAVA_LONG, JAVA_INT);
        static final MethodHandle ADDCHDIR =
                LIBC.bind("posix_spawn_file_actions_addchdir_np", JAVA_INT, JAVA_LONG, JAVA_LONG);

        private Newer() {}
    }

    /** Whether the C library has all of these functions: glibc 2.34 has. */
    static boolean isComplete() {
        return LIBC.has(Newer.ADDCLOSEFROM_NAME);
    }

    static int posix_spawnp(long pid, long file, long actions, long attributes, long argv, long envp) {
        try {
            return (int) SPAWNP.invokeExact(pid, file, actions, attributes, argv, envp);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static int posix_spawn_file_actions_init(long actions) {
        try {
            return (int) ACTIONS_INIT.invokeExact(actions);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static void posix_spawn_file_actions_destroy(long actions) {
        try {
            int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static int posix_spawn_file_actions_adddup2(long actions, int fd, int newFd) {
        try {
            return (int) ACTIONS_ADDDUP2.invokeExact(actions, fd, newFd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The path is copied. */
    static int posix_spawn_file_actions_addopen(long actions, int fd, long path, int flags, int mode) {
        try {
            return (int) ACTIONS_ADDOPEN.invokeExact(actions, fd, path, flags, mode);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The path is copied. */
    static int posix_spawn_file_actions_addchdir_np(long actions, long path) {
        try {
            return (int) Newer.ADDCHDIR.invokeExact(actions, path);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static int posix_spawn_file_actions_addclosefrom_np(long actions, int from) {
        try {
            return (int) Newer.ADDCLOSEFROM.invokeExact(actions, from);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static int posix_spawnattr_init(long attributes) {
        try {
            return (int) ATTR_INIT.invokeExact(attributes);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static void posix_spawnattr_destroy(long attributes) {
        try {
            int ignored = (int) ATTR_DESTROY.invokeExact(attributes);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    static int posix_spawnattr_setflags(long attributes, short flags) {
        try {
            return (int) ATTR_SETFLAGS.invokeExact(attributes, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code signals} is a {@code sigset_t*}, which is copied. */
    static int posix_spawnattr_setsigmask(long attributes, long signals) {
        try {
            return (int) ATTR_SETSIGMASK.invokeExact(attributes, signals);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code signals} is a {@code sigset_t*}, which is copied. */
    static int posix_spawnattr_setsigdefault(long attributes, long signals) {
        try {
            return (int) ATTR_SETSIGDEFAULT.invokeExact(attributes, signals);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** An {@code errno} in words. */
    static String strerror(int error) {
        try {
            return Memory.getString((long) STRERROR.invokeExact(error));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
