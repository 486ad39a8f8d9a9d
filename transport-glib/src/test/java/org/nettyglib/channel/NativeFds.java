package org.nettyglib.channel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;

/** Descriptors that the JDK and Netty do not make, and what is asked of them. */
final class NativeFds {
    // asm-generic/ioctls.h
    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCSPTLCK = 0x40045431L;

    // asm-generic/fcntl.h
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;

    /** {@code sys/inotify.h}: IN_CREATE. */
    private static final int IN_CREATE = 0x100;

    /** {@code time.h}: CLOCK_MONOTONIC. */
    private static final int CLOCK_MONOTONIC = 1;

    private static final MethodHandle IOCTL =
            bind("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    private static final MethodHandle FCNTL =
            bind("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle DUP = bind("dup", FunctionDescriptor.of(JAVA_INT, JAVA_INT), 1);
    private static final MethodHandle INOTIFY_INIT =
            bind("inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT), 1);
    private static final MethodHandle INOTIFY_ADD =
            bind("inotify_add_watch", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), 3);
    private static final MethodHandle TIMERFD_CREATE =
            bind("timerfd_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle TIMERFD_SETTIME =
            bind("timerfd_settime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS), 4);
    private static final MethodHandle EVENTFD = bind("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), 2);

    private NativeFds() {}

    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor type, int fixedArguments) {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().findOrThrow(name);
        return type.argumentLayouts().size() == fixedArguments
                ? linker.downcallHandle(function, type)
                : linker.downcallHandle(function, type, Linker.Option.firstVariadicArg(fixedArguments));
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            int result = (int) function.invokeWithArguments(arguments);
            assertThat(result).as("the result of a system call").isNotNegative();
            return result;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Unlocks the slave of a pseudo terminal and returns its path. */
    static Path slaveOf(FileDescriptor master) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            call(IOCTL, master.intValue(), TIOCSPTLCK, number);
            call(IOCTL, master.intValue(), TIOCGPTN, number);
            return Path.of("/dev/pts/" + number.get(JAVA_INT, 0));
        }
    }

    /** Another descriptor for the same, as another process has one. */
    static FileDescriptor duplicate(FileDescriptor fd) {
        return new FileDescriptor(call(DUP, fd.intValue()));
    }

    static boolean isNonBlocking(FileDescriptor fd) {
        return (call(FCNTL, fd.intValue(), F_GETFL, 0) & O_NONBLOCK) != 0;
    }

    static void makeBlocking(FileDescriptor fd) {
        call(FCNTL, fd.intValue(), F_SETFL, call(FCNTL, fd.intValue(), F_GETFL, 0) & ~O_NONBLOCK);
    }

    /** Readable when a file is created in the folder. */
    static FileDescriptor inotify(Path folder) {
        int fd = call(INOTIFY_INIT, 0);
        try (Arena arena = Arena.ofConfined()) {
            call(INOTIFY_ADD, fd, arena.allocateFrom(folder.toString()), IN_CREATE);
        }
        return new FileDescriptor(fd);
    }

    /** Readable once in each period: the 8 bytes are how many have passed. */
    static FileDescriptor timerfd(Duration period) {
        int fd = call(TIMERFD_CREATE, CLOCK_MONOTONIC, 0);
        try (Arena arena = Arena.ofConfined()) {
            // struct itimerspec: it_interval, it_value; each seconds and nanoseconds.
            MemorySegment spec = arena.allocate(4 * Long.BYTES, Long.BYTES);
            for (int i = 0; i < 2; i++) {
                spec.setAtIndex(JAVA_LONG, 2 * i, period.toSeconds());
                spec.setAtIndex(JAVA_LONG, 2 * i + 1, period.toNanosPart());
            }
            call(TIMERFD_SETTIME, fd, 0, spec, MemorySegment.NULL);
        }
        return new FileDescriptor(fd);
    }

    /** A counter: what is written to it is readable, as 8 bytes. */
    static FileDescriptor eventfd() {
        return new FileDescriptor(call(EVENTFD, 0, 0));
    }
}
