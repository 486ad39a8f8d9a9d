package org.nettyglib.channel;

import java.lang.foreign.Arena;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.Fcntl;

/**
 * The flags that a descriptor was found with, to be given back: other processes may go on with a terminal or a pipe that
 * they share.
 */
record StatusFlags(int fd, int value) {
    /** {@throws IllegalArgumentException if it is not open} */
    static StatusFlags of(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            Errno errno = new Errno(arena);
            int flags = Fcntl.fcntl(errno, fd, Fcntl.F_GETFL, 0);
            if (flags == -1) {
                throw new IllegalArgumentException(
                        "no open descriptor: " + fd, errno.failure("fcntl(" + fd + ", F_GETFL)"));
            }
            return new StatusFlags(fd, flags);
        }
    }

    private boolean wasBlocking() {
        return (value & Fcntl.O_NONBLOCK) == 0;
    }

    /** Has the descriptor not block from now on. */
    void makeNonBlocking() {
        if (wasBlocking()) {
            set(value | Fcntl.O_NONBLOCK);
        }
    }

    /** Leaves the descriptor as it was found. */
    void restore() {
        if (wasBlocking()) {
            set(value);
        }
    }

    private void set(int changed) {
        try (Arena arena = Arena.ofConfined()) {
            // Not checked: the flags are those of an open descriptor.
            Fcntl.fcntl(new Errno(arena), fd, Fcntl.F_SETFL, changed);
        }
    }
}
