package org.nettyglib.channel;

import org.nettyglib.loop.GLibIoOps;

/** Waits for the callback of a call, or tells by a task what is known already. */
final class AsyncInterest extends Interest {
    private final Runnable follow;
    private boolean scheduled;

    /** @param follow starts a call or tells later, if somebody wants to know */
    AsyncInterest(LoopStay stay, GLibIoOps told, Runnable follow) {
        super(stay, told);
        this.follow = follow;
    }

    @Override
    void update() {
        if (isWanted()) {
            follow.run();
        }
    }

    void tellLater() {
        if (!scheduled) {
            scheduled = true;
            stay().loop().execute(this::tellScheduled);
        }
    }

    private void tellScheduled() {
        scheduled = false;
        tell();
    }
}
