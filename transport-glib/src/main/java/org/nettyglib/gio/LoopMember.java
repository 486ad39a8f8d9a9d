package org.nettyglib.gio;

/** Something under way on a loop, for which the end of the loop waits. On the loop's thread. */
interface LoopMember {
    /** {@return always the same} */
    LoopPlace place();

    /** The loop is about to end: stop what is under way, as if somebody had cancelled it. */
    void stop();

    /** The loop has ended before this was over, and nothing comes any more. */
    void abandon();
}
