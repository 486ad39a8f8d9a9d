package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of the loop, under their C names. Those that can fail take an {@link Errno} of the calling thread
 * and return -1 when they did.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 */
public final class LibC {
    /** {@code sys/epoll.h}: EPOLL_CLOEXEC. */
    public static final int EPOLL_CLOEXEC = 0x80000;

    /** {@code sys/epoll.h}: EPOLL_CTL_ADD. */
    public static final int EPOLL_CTL_ADD = 1;

    /** {@code sys/epoll.h}: EPOLL_CTL_DEL. */
    public static final int EPOLL_CTL_DEL = 2;

    /** {@code sys/epoll.h}: EPOLL_CTL_MOD. */
    public static final int EPOLL_CTL_MOD = 3;

    /** {@code sys/epoll.h}: EPOLLET. */
    public static final int EPOLLET = 1 << 31;

    /** {@code sys/eventfd.h}: EFD_CLOEXEC | EFD_NONBLOCK. */
    public static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

    /** {@code sys/timerfd.h}: TFD_CLOEXEC | TFD_NONBLOCK. */
    public static final int TFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

    /** {@code time.h}: CLOCK_MONOTONIC, the clock of {@link System#nanoTime()} on Linux. */
    public static final int CLOCK_MONOTONIC = 1;

    private static final Bindings LIBC = Bindings.ofLibC();

    private static final MethodHandle EPOLL_CREATE = withErrno("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            withErrno("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle EPOLL_WAIT =
            withErrno("epoll_wait", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle POLL = withErrno("poll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = withErrno("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle TIMERFD_CREATE = withErrno("timerfd_create", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle TIMERFD_SETTIME =
            withErrno("timerfd_settime", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle READ = withErrno("read", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RECVMMSG =
            withErrno("recvmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SENDMMSG =
            withErrno("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle SENDTO =
            withErrno("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD_WRITE = LIBC.bind("eventfd_write", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle CLOSE = LIBC.bind("close", JAVA_INT, JAVA_INT);

    private LibC() {}

    @SuppressWarnings("restricted")
    private static MethodHandle withErrno(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LIBC.bind(name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    public static int epoll_create1(Errno errno, int flags) {
        try {
            return (int) EPOLL_CREATE.invokeExact(errno.segment, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int epoll_ctl(Errno errno, int epollFd, int op, int fd, long event) {
        try {
            return (int) EPOLL_CTL.invokeExact(errno.segment, epollFd, op, fd, event);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code timeout} in milliseconds, -1 for ever. */
    public static int epoll_wait(Errno errno, int epollFd, long events, int maxEvents, int timeout) {
        try {
            return (int) EPOLL_WAIT.invokeExact(errno.segment, epollFd, events, maxEvents, timeout);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code timeout} in milliseconds, -1 for ever. */
    public static int poll(Errno errno, long fds, long length, int timeout) {
        try {
            return (int) POLL.invokeExact(errno.segment, fds, length, timeout);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int eventfd(Errno errno, int initial, int flags) {
        try {
            return (int) EVENTFD.invokeExact(errno.segment, initial, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** From any thread. A full counter (EAGAIN) needs no care: the descriptor is readable then anyway. */
    public static void eventfd_write(int fd, long value) {
        try {
            int ignored = (int) EVENTFD_WRITE.invokeExact(fd, value);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int timerfd_create(Errno errno, int clock, int flags) {
        try {
            return (int) TIMERFD_CREATE.invokeExact(errno.segment, clock, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code newValue} is a {@code struct itimerspec*}. */
    public static int timerfd_settime(Errno errno, int fd, int flags, long newValue) {
        try {
            return (int) TIMERFD_SETTIME.invokeExact(errno.segment, fd, flags, newValue, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long read(Errno errno, int fd, long buffer, long length) {
        try {
            return (long) READ.invokeExact(errno.segment, fd, buffer, length);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code messages} is a {@code struct mmsghdr*}. Without a timeout. */
    public static int recvmmsg(Errno errno, int fd, long messages, int count, int flags) {
        try {
            return (int) RECVMMSG.invokeExact(errno.segment, fd, messages, count, flags, 0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code messages} is a {@code struct mmsghdr*}. */
    public static int sendmmsg(Errno errno, int fd, long messages, int count, int flags) {
        try {
            return (int) SENDMMSG.invokeExact(errno.segment, fd, messages, count, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@code address} is a {@code struct sockaddr*}, or 0. */
    public static long sendto(
            Errno errno, int fd, long buffer, long length, int flags, long address, int addressLength) {
        try {
            return (long) SENDTO.invokeExact(errno.segment, fd, buffer, length, flags, address, addressLength);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Whatever close(2) says, the descriptor is gone afterwards on Linux: there is nothing to check. */
    public static void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(fd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
