package org.nettyglib.poll;

import java.util.ArrayList;
import java.util.List;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;

/**
 * The descriptors of a loop itself: opened one after the other, closed together, also when one of them could not be
 * opened.
 */
final class Descriptors {
    private final List<Integer> open = new ArrayList<>(3);
    private final Errno errno;

    Descriptors(Errno errno) {
        this.errno = errno;
    }

    /**
     * Takes the result of a system call that opens a descriptor.
     *
     * @throws java.io.UncheckedIOException if it failed; the others are closed then
     */
    int add(int result, String call) {
        if (result == -1) {
            close();
            errno.check(result, call);
        }
        open.add(result);
        return result;
    }

    void close() {
        open.forEach(LibC::close);
        open.clear();
    }
}
