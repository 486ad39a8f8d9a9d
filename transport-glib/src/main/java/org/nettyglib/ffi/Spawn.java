package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts one process. The memory of this one is not copied for it, as by fork(2): the calling thread waits until the child
 * runs the program, and the child has its memory until then.
 *
 * <p>Of the descriptors of this process the child has its standard ones, and no other: sockets and pipes of the JDK are
 * not closed by exec(2). It blocks no signals, though the JVM's threads do, and dies of SIGPIPE. What else this process
 * ignores, it ignores, too: a program that nohup(1) has started does not lose its children.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
public final class Spawn implements AutoCloseable {
    /** {@code bits/types/__sigset_t.h}: 1024 bits. */
    private static final long SIZEOF_SIGSET_T = 128;

    /** {@code asm-generic/signal.h}, the same on x86-64 and aarch64. */
    private static final int SIGPIPE = 13;

    private final Arena arena = Arena.ofConfined();
    private final long actions;
    private final long attributes;
    private @Nullable String directory;

    /** @throws UnsupportedOperationException if the C library is too old */
    public Spawn() throws IOException {
        if (!LibSpawn.isComplete()) {
            throw new UnsupportedOperationException(
                    "to start processes needs posix_spawn_file_actions_addclosefrom_np, which glibc 2.34 has");
        }
        actions = arena.allocate(LibSpawn.SIZEOF_FILE_ACTIONS, Long.BYTES).address();
        attributes = arena.allocate(LibSpawn.SIZEOF_ATTRIBUTES, Long.BYTES).address();
        // Neither fails, nor allocates anything, in glibc.
        check(LibSpawn.posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        check(LibSpawn.posix_spawnattr_init(attributes), "posix_spawnattr_init");
    }

    private static void check(int error, String what) throws IOException {
        if (error != 0) {
            throw new IOException(what + ": " + LibSpawn.strerror(error));
        }
    }

    /**
     * Sets what the child has as one of its standard descriptors.
     *
     * @param fd any descriptor that is no standard one, or a standard one of the child's that was set before
     */
    public void duplicate(int fd, int standard) throws IOException {
        check(LibSpawn.posix_spawn_file_actions_adddup2(actions, fd, standard), "posix_spawn_file_actions_adddup2");
    }

    /** Has the child open {@code /dev/null} as one of its standard descriptors. */
    public void openNull(int standard, int flags) throws IOException {
        check(
                LibSpawn.posix_spawn_file_actions_addopen(actions, standard, CStrings.of(arena, "/dev/null"), flags, 0),
                "posix_spawn_file_actions_addopen");
    }

    /** Sets where the child starts. */
    public void directory(String path) throws IOException {
        directory = path;
        check(
                LibSpawn.posix_spawn_file_actions_addchdir_np(actions, CStrings.of(arena, path)),
                "posix_spawn_file_actions_addchdir_np");
    }

    /**
     * Starts the process.
     *
     * @param arguments the program, which is looked for in this process's {@code PATH} if it has no slash, and its arguments
     * @return its id: somebody has to await it
     * @throws IOException if it cannot be started; says why
     */
    public int start(List<String> arguments, Environment environment) throws IOException {
        check(
                LibSpawn.posix_spawn_file_actions_addclosefrom_np(actions, Descriptors.FIRST_OTHER),
                "posix_spawn_file_actions_addclosefrom_np");
        setSignals();
        long program = CStrings.of(arena, arguments.getFirst());
        MemorySegment pid = arena.allocate(JAVA_INT);
        int error = LibSpawn.posix_spawnp(
                pid.address(), program, actions, attributes, CStrings.vectorOf(arena, arguments), environment.vector());
        check(error, "cannot start " + arguments.getFirst() + (directory == null ? "" : " in " + directory));
        return pid.get(JAVA_INT, 0);
    }

    private void setSignals() throws IOException {
        MemorySegment none = arena.allocate(SIZEOF_SIGSET_T, Long.BYTES);
        MemorySegment pipe = arena.allocate(SIZEOF_SIGSET_T, Long.BYTES);
        pipe.set(JAVA_LONG, 0, 1L << (SIGPIPE - 1));
        check(LibSpawn.posix_spawnattr_setsigmask(attributes, none.address()), "posix_spawnattr_setsigmask");
        check(LibSpawn.posix_spawnattr_setsigdefault(attributes, pipe.address()), "posix_spawnattr_setsigdefault");
        short flags = LibSpawn.POSIX_SPAWN_SETSIGMASK | LibSpawn.POSIX_SPAWN_SETSIGDEF;
        check(LibSpawn.posix_spawnattr_setflags(attributes, flags), "posix_spawnattr_setflags");
    }

    @Override
    public void close() {
        LibSpawn.posix_spawn_file_actions_destroy(actions);
        LibSpawn.posix_spawnattr_destroy(attributes);
        arena.close();
    }
}
