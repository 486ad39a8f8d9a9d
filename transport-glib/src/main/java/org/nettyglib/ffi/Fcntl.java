package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;

/**
 * What opens descriptors and tells what they are, under the names of C. The functions take an {@link Errno} of the
 * calling thread and return -1 when they failed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man3/isatty.3.html">isatty(3)</a>
 */
public final class Fcntl {
    // asm-generic/fcntl.h, the same on x86-64 and aarch64.
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_ACCMODE = 3;
    public static final int O_NOCTTY = 0x100;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;

    private static final Bindings LIBC = Bindings.ofLibC();
    private static final MethodHandle OPEN = variadic("open", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT), 2);
    private static final MethodHandle FCNTL =
            variadic("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle ISATTY = LIBC.bind("isatty", JAVA_INT, JAVA_INT);

    private Fcntl() {}

    /** A function of {@code fixed} arguments and more. */
    @SuppressWarnings("restricted")
    private static MethodHandle variadic(String name, FunctionDescriptor type, int fixed) {
        return LIBC.bind(name, type, Linker.Option.firstVariadicArg(fixed), Linker.Option.captureCallState("errno"));
    }

    public static int open(Errno errno, String path, int flags) {
        // The encoding of file names, as the JVM has it.
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding"));
        try (Arena arena = Arena.ofConfined()) {
            return (int) OPEN.invokeExact(
                    errno.segment, arena.allocateFrom(path, charset).address(), flags);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int fcntl(Errno errno, int fd, int command, int argument) {
        try {
            return (int) FCNTL.invokeExact(errno.segment, fd, command, argument);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean isatty(int fd) {
        try {
            return (int) ISATTY.invokeExact(fd) == 1;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
