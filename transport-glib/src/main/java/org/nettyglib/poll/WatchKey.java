package org.nettyglib.poll;

/**
 * The 64 bits that epoll hands back with an event: the index of a watch and the generation of that index, so that an
 * event fetched before its watch was closed or moved is told from one for the watch that has the index now.
 */
final class WatchKey {
    private WatchKey() {}

    static long of(int index, int generation) {
        return (long) generation << 32 | index & 0xFFFFFFFFL;
    }

    static int index(long key) {
        return (int) key;
    }
}
