package org.nettyglib.gstreamer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether an appsrc wants data, as it has said itself: one word, which its threads and the loop change.
 *
 * <p>Nothing is lost between the two. An appsrc says that it has enough before it takes the buffer in hand, so that buffer brings
 * about the next need, however fast its queue was emptied meanwhile. And an appsrc that starts says that it needs data after it has
 * begun to take some: who was refused compares the number of needs with that before the refusal.
 */
final class AppSrcDemand {
    /** Data may come. */
    private static final long OPEN = 0;

    /** Its queue is full: until the next need. */
    private static final long FULL = 1;

    /** It refuses data because it does not run: until the first need. */
    private static final long STOPPED = 2;

    private static final long STATE = 3;
    private static final long ONE_NEED = STATE + 1;

    /** The number of needs, above the state. */
    private final AtomicLong word = new AtomicLong();

    /** {@return a moment, for {@link #stoppedSince}} */
    long now() {
        return word.get();
    }

    boolean isOpen() {
        return (word.get() & STATE) == OPEN;
    }

    boolean isStopped() {
        return (word.get() & STATE) == STOPPED;
    }

    /** {@return whether data was unwanted before} */
    boolean need() {
        long before = word.getAndUpdate(current -> (current & ~STATE) + ONE_NEED);
        return (before & STATE) != OPEN;
    }

    void enough() {
        word.updateAndGet(current -> (current & STATE) == OPEN ? current | FULL : current);
    }

    /**
     * Data was refused.
     *
     * @param moment before it was offered
     * @return false if data was needed since: it has to be offered again
     */
    boolean stoppedSince(long moment) {
        while (true) {
            long current = word.get();
            if ((current & ~STATE) != (moment & ~STATE)) {
                return false;
            }
            if (word.compareAndSet(current, (current & ~STATE) | STOPPED)) {
                return true;
            }
        }
    }
}
