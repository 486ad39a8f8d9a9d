package org.nettyglib.poll;

/**
 * The 64 bits that epoll hands back with an event: the index of a watch and the generation of that index, so that an
 * event fetched before its watch was closed is told from one for the watch that took the index over. Negative keys are
 * the loop's own descriptors.
 */
final class WatchKey {
    /** The descriptor that other threads write to. */
    static final long WAKEUP = -1;

    /** The timer's descriptor. */
    static final long TIMER = -2;

    /** The descriptor with which GLib wakes its context. */
    static final long CONTEXT = -3;

    private static final int GENERATION_MASK = Integer.MAX_VALUE;

    private WatchKey() {}

    static long of(int index, int generation) {
        return (long) (generation & GENERATION_MASK) << 32 | index & 0xFFFFFFFFL;
    }

    static int index(long key) {
        return (int) key;
    }

    static boolean isOwn(long key) {
        return key < 0;
    }
}
