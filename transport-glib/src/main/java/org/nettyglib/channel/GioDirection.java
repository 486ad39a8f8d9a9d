package org.nettyglib.channel;

import org.jspecify.annotations.Nullable;

/** One direction of a stream of GIO, as far as it is waited for. On the thread of the loop that the channel is on. */
abstract class GioDirection<I extends Interest> {
    private final long stream;
    private @Nullable I interest;
    private boolean closed;

    GioDirection(long stream) {
        this.stream = stream;
    }

    /** The address of the {@code GInputStream} or the {@code GOutputStream}. */
    final long stream() {
        return stream;
    }

    abstract I newInterest(LoopStay stay);

    /** Does something when no call is under way: now, or later, on the loop that the channel is on by then. */
    abstract void whenIdle(Runnable action);

    final @Nullable I interest() {
        return interest;
    }

    final boolean isClosed() {
        return closed;
    }

    /** A loop has taken the channel in. */
    final void attach(LoopStay stay) {
        if (!closed) {
            interest = newInterest(stay);
            attached();
        }
    }

    /** Goes on with what the former loop has begun. */
    void attached() {}

    /** Nothing waits any more. */
    final void detach() {
        if (interest != null) {
            interest.end();
            interest = null;
        }
    }

    final void interest(boolean wanted, int priority) {
        if (interest != null) {
            interest.set(wanted, priority);
        }
    }

    /** Nothing more is read or written. */
    void close() {
        detach();
        closed = true;
    }
}
