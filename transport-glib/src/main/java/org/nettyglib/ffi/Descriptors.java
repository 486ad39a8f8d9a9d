package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Makes descriptors, and looks at one. No child process inherits them, whoever starts one at the same time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
 */
public final class Descriptors {
    /** {@code bits/socket.h}: AF_UNIX. */
    private static final int AF_UNIX = 1;

    /** {@code bits/socket_type.h}: SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK. */
    private static final int SOCK_STREAM_CLOEXEC_NONBLOCK = 1 | 0x80000 | 0x800;

    /** {@code linux/fcntl.h}: F_DUPFD_CLOEXEC. */
    private static final int F_DUPFD_CLOEXEC = 1030;

    /** {@code unistd.h}: what comes after STDERR_FILENO. */
    static final int FIRST_OTHER = 3;

    /** {@code bits/poll.h}: POLLHUP, and where {@code struct pollfd} has what is told. */
    private static final int POLLHUP = 0x10;

    private static final long REVENTS = 6;

    private static final Bindings LIBC = Bindings.ofLibC();
    private static final MethodHandle PIPE2 = withErrno("pipe2", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SOCKETPAIR =
            withErrno("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));

    private Descriptors() {}

    @SuppressWarnings("restricted")
    private static MethodHandle withErrno(String name, FunctionDescriptor type) {
        return LIBC.bind(name, type, Linker.Option.captureCallState("errno"));
    }

    /** The two that a call makes. */
    private interface Maker {
        int make(Errno errno, long ends);
    }

    private static int[] pair(String call, Maker maker) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Errno errno = new Errno(arena);
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            if (maker.make(errno, ends.address()) == -1) {
                throw errno.failure(call);
            }
            return ends.toArray(JAVA_INT);
        }
    }

    /**
     * A pipe whose ends block, as programs expect it.
     *
     * @return the end to read from, and the end to write to
     * @throws IOException if no descriptor is left
     */
    public static int[] pipe() throws IOException {
        return pair("pipe2", (errno, ends) -> pipe2(errno, ends, Fcntl.O_CLOEXEC));
    }

    /**
     * Two connected Unix domain stream sockets that do not block.
     *
     * @return both
     * @throws IOException if no descriptor is left
     */
    public static int[] socketPair() throws IOException {
        return pair("socketpair", (errno, ends) -> socketpair(errno, AF_UNIX, SOCK_STREAM_CLOEXEC_NONBLOCK, 0, ends));
    }

    /**
     * Another descriptor for the same.
     *
     * @return the new one
     * @throws IOException if no descriptor is left, or there is none of this number
     */
    public static int duplicate(int fd) throws IOException {
        return duplicate(fd, 0);
    }

    /**
     * Another descriptor for the same, which has not the number of a standard one.
     *
     * @return the new one, 3 or more
     * @throws IOException if no descriptor is left, or there is none of this number
     */
    public static int duplicateAboveStandard(int fd) throws IOException {
        return duplicate(fd, FIRST_OTHER);
    }

    private static int duplicate(int fd, int minimum) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Errno errno = new Errno(arena);
            int duplicate = Fcntl.fcntl(errno, fd, F_DUPFD_CLOEXEC, minimum);
            if (duplicate == -1) {
                throw errno.failure("fcntl(" + fd + ", F_DUPFD_CLOEXEC)");
            }
            return duplicate;
        }
    }

    /** Whether a socket has no other end any more, or none that reads or writes. */
    public static boolean isHungUp(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            // poll.h: struct pollfd. Nothing is asked for, because a hang-up is always told.
            MemorySegment poll = arena.allocate(Long.BYTES, Long.BYTES);
            poll.set(JAVA_INT, 0, fd);
            LibC.poll(new Errno(arena), poll.address(), 1, 0);
            return (poll.get(JAVA_SHORT, REVENTS) & POLLHUP) != 0;
        }
    }

    private static int pipe2(Errno errno, long ends, int flags) {
        try {
            return (int) PIPE2.invokeExact(errno.segment, ends, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static int socketpair(Errno errno, int domain, int type, int protocol, long ends) {
        try {
            return (int) SOCKETPAIR.invokeExact(errno.segment, domain, type, protocol, ends);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
