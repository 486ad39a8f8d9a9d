package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Descriptors of child processes. One is readable when its process has ended, and means this process for ever, also when
 * another has got its id.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_send_signal.2.html">pidfd_send_signal(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
public final class Pidfd {
    // asm-generic/unistd.h, the same on x86-64 and aarch64. Not every C library has functions for them.
    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;

    // bits/waitflags.h.
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int P_PID = 1;
    private static final int P_PIDFD = 3;

    // bits/types/siginfo_t.h, 64 bit; CLD_EXITED of bits/siginfo-consts.h.
    private static final long SIZEOF_SIGINFO_T = 128;
    private static final long CODE = 8;
    private static final long PID = 16;
    private static final long STATUS = 24;
    private static final int CLD_EXITED = 1;
    private static final int CLD_DUMPED = 3;

    // bits/waitstatus.h.
    private static final int EXIT_CODE_SHIFT = 8;
    private static final int CORE_FLAG = 0x80;

    private static final int SIGKILL = 9;

    private static final Bindings LIBC = Bindings.ofLibC();
    private static final MethodHandle SYSCALL_OPEN = syscall(JAVA_INT, JAVA_INT);
    private static final MethodHandle SYSCALL_SEND_SIGNAL = syscall(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle WAITID =
            withErrno("waitid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle KILL = LIBC.bind("kill", JAVA_INT, JAVA_INT, JAVA_INT);

    private Pidfd() {}

    @SuppressWarnings("restricted")
    private static MethodHandle withErrno(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = Linker.Option.captureCallState("errno");
        return LIBC.bind(name, type, options);
    }

    private static MethodHandle syscall(MemoryLayout... arguments) {
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG).appendArgumentLayouts(arguments);
        return withErrno("syscall", type, Linker.Option.firstVariadicArg(1));
    }

    /**
     * Opens that of a child that was just started. If that fails, the child is killed and awaited.
     *
     * @throws IOException if no descriptor is left
     */
    public static int open(int pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Errno errno = new Errno(arena);
            int pidfd = (int) pidfd_open(errno, pid, 0);
            if (pidfd == -1) {
                IOException failure = errno.failure("pidfd_open(" + pid + ')');
                kill(pid, SIGKILL);
                wait(arena, P_PID, pid, WEXITED);
                throw failure;
            }
            return pidfd;
        }
    }

    /** Sends a signal, unless the process has ended and was awaited. */
    public static boolean signal(int pidfd, int number) {
        try (Arena arena = Arena.ofConfined()) {
            return pidfd_send_signal(new Errno(arena), pidfd, number, 0, 0) == 0;
        }
    }

    /**
     * Frees the process, if it has ended.
     *
     * @return its status, as waitpid(2) has it, if it has ended
     * @throws IOException if it was awaited by somebody else
     */
    public static OptionalInt poll(int pidfd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return wait(arena, P_PIDFD, pidfd, WEXITED | WNOHANG);
        }
    }

    /**
     * Waits until the process has ended, and frees it.
     *
     * @throws IOException if it was awaited by somebody else
     */
    public static void await(int pidfd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            wait(arena, P_PIDFD, pidfd, WEXITED);
        }
    }

    private static OptionalInt wait(Arena arena, int type, int id, int options) throws IOException {
        Errno errno = new Errno(arena);
        MemorySegment info = arena.allocate(SIZEOF_SIGINFO_T, Long.BYTES);
        while (waitid(errno, type, id, info.address(), options) == -1) {
            if (errno.value() != Errno.EINTR) {
                throw errno.failure("waitid(" + type + ", " + id + ')');
            }
        }
        return info.get(JAVA_INT, PID) == 0 ? OptionalInt.empty() : OptionalInt.of(statusOf(info));
    }

    private static int statusOf(MemorySegment info) {
        int status = info.get(JAVA_INT, STATUS);
        return switch (info.get(JAVA_INT, CODE)) {
            case CLD_EXITED -> status << EXIT_CODE_SHIFT;
            case CLD_DUMPED -> status | CORE_FLAG;
            default -> status;
        };
    }

    private static long pidfd_open(Errno errno, int pid, int flags) {
        try {
            return (long) SYSCALL_OPEN.invokeExact(errno.segment, SYS_PIDFD_OPEN, pid, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static long pidfd_send_signal(Errno errno, int pidfd, int signal, long info, int flags) {
        try {
            return (long)
                    SYSCALL_SEND_SIGNAL.invokeExact(errno.segment, SYS_PIDFD_SEND_SIGNAL, pidfd, signal, info, flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static int waitid(Errno errno, int type, int id, long info, int options) {
        try {
            return (int) WAITID.invokeExact(errno.segment, type, id, info, options);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static void kill(int pid, int signal) {
        try {
            int ignored = (int) KILL.invokeExact(pid, signal);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
