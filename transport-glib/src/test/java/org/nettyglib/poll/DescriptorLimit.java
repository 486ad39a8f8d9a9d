package org.nettyglib.poll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A limit of open files of this process: only a number of descriptors more, until it is closed. */
final class DescriptorLimit implements AutoCloseable {
    /** {@code asm-generic/resource.h}: RLIMIT_NOFILE. */
    private static final int RLIMIT_NOFILE = 7;

    private static final MethodHandle GETRLIMIT = bind("getrlimit");
    private static final MethodHandle SETRLIMIT = bind("setrlimit");

    private final Arena arena = Arena.ofConfined();
    // struct rlimit: the soft and the hard limit.
    private final MemorySegment limits = arena.allocate(2 * Long.BYTES, Long.BYTES);
    private final long before;

    DescriptorLimit(int more) {
        call(GETRLIMIT, limits);
        before = limits.get(JAVA_LONG, 0);
        set(highestOf(more));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    /** The kernel gives the lowest free number away. */
    private static int highestOf(int more) {
        int fd = -1;
        for (int free = -1; free < more; free++) {
            do {
                fd++;
            } while (Files.exists(Path.of("/proc/self/fd/" + fd), LinkOption.NOFOLLOW_LINKS));
        }
        return fd;
    }

    private void set(long soft) {
        limits.set(JAVA_LONG, 0, soft);
        call(SETRLIMIT, limits);
    }

    private static void call(MethodHandle function, MemorySegment limits) {
        try {
            assertThat((int) function.invokeExact(RLIMIT_NOFILE, limits)).isZero();
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    @Override
    public void close() {
        set(before);
        arena.close();
    }
}
