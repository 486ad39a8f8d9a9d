package org.nettyglib.poll;

/**
 * How the descriptors of a loop are watched through a {@code GMainContext}. The two ways behave the same; they differ
 * in what an iteration costs and in what GLib sees.
 *
 * <p>All methods but {@link #wakeup()} belong to the thread that owns the context.
 */
public sealed interface ReadinessBackend permits EpollSet, SourcePerFd {
    /**
     * Attaches the loop's own source to the context. Not before the loop's thread owns the context: until then another
     * thread may iterate it.
     */
    void attach();

    /** Takes a descriptor in, with no interest yet. */
    Watch watch(int fd, Watch.Listener listener);

    /**
     * Does one iteration of the context: waits if it may and nothing is due, and dispatches what is ready, of Netty and
     * of everybody else.
     */
    void iterate(boolean mayBlock);

    /** Does something as one of the sources would in its turn. */
    void take(Runnable turn);

    /** Ends the current or the next wait. From any thread, at any time, also after {@link #close()}. */
    void wakeup();

    /** Destroys the sources and closes the descriptors of the backend itself. */
    void close();
}
