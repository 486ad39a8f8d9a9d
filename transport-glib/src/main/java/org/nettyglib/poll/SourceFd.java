package org.nettyglib.poll;

import org.nettyglib.ffi.LibGlib;

/** A descriptor that makes a source ready, and that can be taken away from it for a while. */
final class SourceFd {
    private static final long NO_TAG = 0;

    private final long source;
    private final int fd;
    private long tag = NO_TAG;

    /** Not added yet. */
    SourceFd(long source, int fd) {
        this.source = source;
        this.fd = fd;
    }

    /** Lets GLib poll the descriptor. Nothing happens if it does already. */
    void add() {
        if (tag == NO_TAG) {
            tag = LibGlib.g_source_add_unix_fd(source, fd, PollBits.IN);
        }
    }

    /** Takes it away, if it is there. */
    void remove() {
        if (tag != NO_TAG) {
            LibGlib.g_source_remove_unix_fd(source, tag);
            tag = NO_TAG;
        }
    }

    /** Whether it is there and was found readable in the iteration under way. */
    boolean isReady() {
        return tag != NO_TAG && LibGlib.g_source_query_unix_fd(source, tag) != 0;
    }
}
