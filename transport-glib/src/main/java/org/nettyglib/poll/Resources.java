package org.nettyglib.poll;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;

/**
 * The memory and the descriptors of a backend itself: taken one after the other, given back together, also when one of
 * them could not be had.
 */
final class Resources {
    private final Arena arena = Arena.ofShared();
    private final Errno errno = new Errno();
    private final List<Integer> descriptors = new ArrayList<>(3);

    Errno errno() {
        return errno;
    }

    /** Zeroed memory for structures of 64-bit members. */
    long allocate(long bytes) {
        return arena.allocate(bytes, Long.BYTES).address();
    }

    /**
     * Takes the result of a system call that opens a descriptor.
     *
     * @throws java.io.UncheckedIOException if it failed
     */
    int add(int result, String call) {
        int fd = errno.check(result, call);
        descriptors.add(fd);
        return fd;
    }

    void close() {
        descriptors.forEach(LibC::close);
        errno.free();
        arena.close();
    }
}
