package org.nettyglib.poll;

/**
 * One descriptor's place in a {@link ReadinessBackend}. Used by the loop's thread only.
 */
public sealed interface Watch permits EpollWatch, SourcePerFd.FdWatch {
    /** Told what a descriptor is ready for: {@link PollBits}. Runs on the thread that iterates the context. */
    interface Listener {
        void ready(int events);
    }

    /**
     * Sets what to look for: {@link PollBits}. With {@link PollBits#NONE} the descriptor is in no source and no set at
     * all, because poll(2) reports a hang-up whether it was asked for or not.
     *
     * @param priority GLib's, of the source that reports it
     * @throws java.io.UncheckedIOException if the kernel refuses the descriptor, or has none left for its priority
     */
    void interest(int events, int priority);

    /** Forgets the descriptor, which must not have been closed before. Events already fetched for it are dropped. */
    void close();
}
