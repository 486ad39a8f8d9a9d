package org.nettyglib.poll;

import io.netty.channel.epoll.Native;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;
import org.nettyglib.ffi.Memory;

/**
 * A batch of {@code struct epoll_event} with a cursor. The cursor belongs to the batch and not to the code that walks
 * it: a nested main loop goes on where the handler that runs it stopped, so that an event is delivered once.
 */
final class EpollEvents {
    /** How many events a dispatch handles at the most before GLib's other sources have their turn. */
    private static final int CAPACITY = 256;

    private static final int SIZE = Native.sizeofEpollEvent();
    private static final int DATA = Native.offsetofEpollData();

    private final long address;
    private int count;
    private int cursor;

    EpollEvents(Resources resources) {
        address = resources.allocate((long) SIZE * CAPACITY);
    }

    /** Writes one {@code struct epoll_event}, for epoll_ctl. */
    static void encode(long event, int events, long key) {
        Memory.putInt(event, events);
        Memory.putLongUnaligned(event + DATA, key);
    }

    /** Replaces the batch, which must be used up. */
    void fetch(Errno errno, int epollFd, int timeoutMillis) {
        cursor = 0;
        count = 0;
        int ready = LibC.epoll_wait(errno, epollFd, address, CAPACITY, timeoutMillis);
        if (ready >= 0) {
            count = ready;
        } else if (errno.value() != Errno.EINTR) {
            errno.check(ready, "epoll_wait(" + epollFd + ')');
        }
    }

    /** Forgets the rest of the batch. */
    void drop() {
        count = cursor;
    }

    boolean hasMore() {
        return cursor < count;
    }

    /** Says whether an undelivered event has this key. */
    boolean contains(long key) {
        for (int i = cursor; i < count; i++) {
            if (key(i) == key) {
                return true;
            }
        }
        return false;
    }

    /** Says whether one event is left, which has this key. */
    boolean isOnly(long key) {
        return cursor == count - 1 && key(cursor) == key;
    }

    /** Takes the next event and returns its place, which is good until the next {@link #fetch}. */
    int next() {
        return cursor++;
    }

    long key(int place) {
        return Memory.getLongUnaligned(address + (long) place * SIZE + DATA);
    }

    int events(int place) {
        return Memory.getInt(address + (long) place * SIZE);
    }
}
