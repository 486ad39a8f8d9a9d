package org.nettyglib.poll;

import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;

/**
 * An epoll instance and the batch of events that was fetched from it last.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
final class EpollInstance {
    /** {@code sizeof(struct epoll_event)} where it is not packed. */
    private static final int SIZEOF_EVENT = 16;

    /** How many events are delivered between two looks at the clock. */
    private static final int EVENTS_BETWEEN_LOOKS = 8;

    private final WatchTable watches;
    private final Errno errno;
    private final EpollEvents events;
    private final long change;
    private final int fd;

    EpollInstance(Resources resources, WatchTable watches) {
        this.watches = watches;
        errno = resources.errno();
        events = new EpollEvents(resources);
        change = resources.allocate(SIZEOF_EVENT);
        fd = resources.add(LibC.epoll_create1(errno, LibC.EPOLL_CLOEXEC), "epoll_create1");
    }

    int fd() {
        return fd;
    }

    void add(int watched, int interest, long key) {
        control(LibC.EPOLL_CTL_ADD, watched, interest, key);
    }

    void modify(int watched, int interest, long key) {
        control(LibC.EPOLL_CTL_MOD, watched, interest, key);
    }

    private void control(int op, int watched, int interest, long key) {
        EpollEvents.encode(change, interest, key);
        int result = LibC.epoll_ctl(errno, fd, op, watched, change);
        if (result == -1) {
            errno.check(result, "epoll_ctl(epoll " + fd + ", op " + op + ", fd " + watched + ')');
        }
    }

    /** Not checked: the kernel has dropped a descriptor by itself that was closed before, against the rule. */
    void remove(int watched) {
        LibC.epoll_ctl(errno, fd, LibC.EPOLL_CTL_DEL, watched, change);
    }

    /** Waits for events, unless there are some left. */
    void fetch(int timeoutMillis) {
        if (!events.hasMore()) {
            events.fetch(errno, fd, timeoutMillis);
        }
    }

    boolean hasEvents() {
        return events.hasMore();
    }

    /** Says whether an undelivered event has this key. */
    boolean hasEvent(long key) {
        return events.contains(key);
    }

    /** Forgets an undelivered event that has this key, if it is the only one. */
    void dropIfOnly(long key) {
        if (events.isOnly(key)) {
            events.drop();
        }
    }

    /**
     * Delivers what was fetched. A nested main loop in one of the listeners may do the rest of it, and may close this
     * instance.
     */
    void deliver(Turns turns) {
        for (int delivered = 1; events.hasMore(); delivered++) {
            int place = events.next();
            EpollWatch watch = watches.find(events.key(place));
            if (watch != null) {
                watch.ready(events.events(place));
                turns.goOn();
            }
            if (delivered % EVENTS_BETWEEN_LOOKS == 0 && turns.isOver()) {
                return;
            }
        }
    }

    /** Forgets what was fetched, before its memory is freed. */
    void drop() {
        events.drop();
    }
}
