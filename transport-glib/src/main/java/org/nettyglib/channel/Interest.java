package org.nettyglib.channel;

import org.nettyglib.loop.GLibIoOps;

/**
 * What one loop knows of the interest in one direction; a move to another loop makes a new one. While the channel is told
 * that it may read, a nested main loop does not tell it again, and the same for writing.
 */
abstract class Interest {
    private final LoopStay stay;
    private final GLibIoOps told;
    private boolean wanted;
    private boolean telling;
    private boolean ended;
    private int priority;

    Interest(LoopStay stay, GLibIoOps told) {
        this.stay = stay;
        this.told = told;
    }

    final LoopStay stay() {
        return stay;
    }

    final boolean isWanted() {
        return wanted && !ended;
    }

    final int priority() {
        return priority;
    }

    final void set(boolean wanted, int priority) {
        this.wanted = wanted;
        this.priority = priority;
        if (!telling) {
            update();
        }
    }

    /** The direction is ready. */
    final void tell() {
        if (telling || !isWanted()) {
            return;
        }
        telling = true;
        try {
            stay.tell(told);
        } finally {
            telling = false;
            update();
        }
    }

    /** Nobody is told any more. */
    final void end() {
        ended = true;
        update();
    }

    /** Follows what is wanted. While the channel is told this waits for the end of it, unless nobody is to be told. */
    abstract void update();
}
