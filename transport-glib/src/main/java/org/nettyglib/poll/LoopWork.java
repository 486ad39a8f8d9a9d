package org.nettyglib.poll;

/**
 * What a loop has to do besides descriptors: its tasks and timers. Called on the thread that iterates the context.
 */
public interface LoopWork {
    /** No timer is set. */
    long NO_DEADLINE = -1;

    /** The context is about to look for what is ready. */
    void iterating();

    /**
     * Says whether tasks wait to be run.
     *
     * @param foreign whether the context is iterated by somebody else than the loop itself, for example by a nested
     *     {@code GMainLoop}
     */
    boolean hasTasks(boolean foreign);

    /** When the next timer is due, in nanoseconds of a clock of the loop's choice, or {@link #NO_DEADLINE}. */
    long deadline(boolean foreign);

    /** How many nanoseconds are left until a deadline: zero or negative when it has passed. */
    long nanosUntil(long deadline);

    /** The loop's sources begin to work, or go on after a nested main loop. */
    void turnBegins();

    /**
     * They have done, or a nested main loop has begun.
     *
     * @param depth how many turns were under way, one inside the other
     */
    void turnEnds(int depth);

    /** Lets one of the loop's sources do what it is ready for, as the loop: all that follows is called inside. */
    void dispatch(Runnable turn);

    /** Runs tasks and due timers, for at most about so many nanoseconds. */
    void run(long nanos);
}
