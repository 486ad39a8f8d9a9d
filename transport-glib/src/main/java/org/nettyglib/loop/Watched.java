package org.nettyglib.loop;

import org.jspecify.annotations.Nullable;

/** A loop as the {@link Watchdog} sees it. All methods may be called from any thread. */
interface Watched {
    /** {@return what the loop is called in the log} */
    String name();

    /** {@return a number that changes with each iteration of the context, whoever iterates it} */
    long iterations();

    /** {@return the thread that iterates the context, or null if none has yet} */
    @Nullable Thread thread();

    /** {@return whether tasks wait to be run} */
    boolean hasWaitingTasks();

    /** Lets a context that sleeps in poll(2) iterate. Not called any more after {@link Watchdog#remove}. */
    void wakeup();
}
