package org.nettyglib.channel;

import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.Fcntl;

/**
 * The flags that a descriptor was found with, to be given back: other processes may go on with a terminal or a pipe that
 * they share.
 */
record StatusFlags(int fd, int value) {
    /** {@throws IllegalArgumentException if it is not open} */
    static StatusFlags of(int fd) {
        Errno errno = new Errno();
        try {
            int flags = Fcntl.fcntl(errno, fd, Fcntl.F_GETFL, 0);
            if (flags == -1) {
                throw new IllegalArgumentException(
                        "no open descriptor: " + fd, errno.failure("fcntl(" + fd + ", F_GETFL)"));
            }
            return new StatusFlags(fd, flags);
        } finally {
            errno.free();
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
        Errno errno = new Errno();
        try {
            // Not checked: the flags are those of an open descriptor.
            Fcntl.fcntl(errno, fd, Fcntl.F_SETFL, changed);
        } finally {
            errno.free();
        }
    }
}
