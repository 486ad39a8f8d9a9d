package org.nettyglib.poll;

import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.PollFds;
import org.nettyglib.ffi.SourceFuncs;

/**
 * One iteration of a context by the steps that GLib documents for other event loops: prepare, query, poll, check,
 * dispatch. It saves a system call: where nothing but the epoll set and GLib's own wake-up descriptor has to be polled,
 * {@code epoll_wait} on the set, with the wake-up descriptor in it, does both the poll and the fetch.
 *
 * <p>A context with descriptors of others (a bus watch, a display connection) is polled with poll(2), because an epoll
 * set would not notice when such a descriptor is closed and its number used again. So is one with a
 * {@link PrioritySet}: nested in the loop's own set, a ready one of lower priority would make that set ready for as long
 * as GLib prefers the set to it, for ever.
 *
 * <p>Only the loop's own outermost iteration goes this way. A nested or foreign main loop polls by GLib's code and finds
 * the set as a source like any other.
 *
 * @see <a href="https://docs.gtk.org/glib/method.MainContext.query.html">g_main_context_query</a>
 */
final class DirectIteration {
    private static final int UNKNOWN = -1;

    /** What {@code g_main_context_prepare} answers for the priority of the sources that are ready. */
    private static final int NOTHING_READY = Integer.MAX_VALUE;

    private final long context;
    private final EpollSet set;
    private final long funcs;
    private final PollFds fds = new PollFds(16);
    private final long maxPriority;
    private final long timeout;
    private int contextFd = UNKNOWN;

    DirectIteration(long context, EpollSet set, long funcs, Resources resources) {
        this.context = context;
        this.set = set;
        this.funcs = funcs;
        maxPriority = resources.allocate(Integer.BYTES);
        timeout = resources.allocate(Integer.BYTES);
    }

    void run(boolean mayBlock) {
        prepare();
        int priority = Memory.getInt(maxPriority);
        int length = query(priority);
        int millis = mayBlock ? Memory.getInt(timeout) : 0;
        if (millis != 0) {
            set.sleep().fallAsleep();
        }
        if (set.hasWork(false)) {
            millis = 0;
        }
        int own = poll(length, priority, millis);
        set.sleep().awake();
        if (own != UNKNOWN && set.hasWork(false)) {
            fds.revents(own, PollBits.IN);
        }
        if (LibGlib.g_main_context_check(context, priority, fds.address(), length)) {
            LibGlib.g_main_context_dispatch(context);
        }
        set.endIteration();
    }

    /** Our own source need not be asked: {@link #run} looks itself, later and without an upcall. */
    private void prepare() {
        SourceFuncs.callPrepare(funcs, false);
        try {
            LibGlib.g_main_context_prepare(context, maxPriority);
        } finally {
            SourceFuncs.callPrepare(funcs, true);
        }
    }

    private int query(int priority) {
        int length = LibGlib.g_main_context_query(context, priority, timeout, fds.address(), fds.capacity());
        while (length > fds.capacity()) {
            fds.grow(length);
            length = LibGlib.g_main_context_query(context, priority, timeout, fds.address(), fds.capacity());
        }
        return length;
    }

    /**
     * Fills the events of {@link #fds} in and returns the place of the set's descriptor, which is missing while a source
     * of a higher priority is ready.
     */
    private int poll(int length, int priority, int millis) {
        int own = UNKNOWN;
        int wakeup = UNKNOWN;
        int others = 0;
        int other = UNKNOWN;
        for (int i = 0; i < length; i++) {
            int fd = fds.fd(i);
            if (fd == set.epollFd()) {
                own = i;
            } else if (fd == contextFd) {
                wakeup = i;
            } else {
                others++;
                other = i;
            }
        }
        if (others == 1 && own != UNKNOWN && contextFd == UNKNOWN && priority == NOTHING_READY) {
            // GLib asks for every descriptor then: the one that is not ours is the context's own.
            contextFd = fds.fd(other);
            set.addContextWakeup(contextFd);
            wakeup = other;
            others = 0;
        }
        if (others == 0 && own != UNKNOWN && wakeup != UNKNOWN) {
            boolean woken = set.fetch(millis);
            fds.revents(wakeup, woken ? PollBits.IN : PollBits.NONE);
            fds.revents(own, PollBits.NONE);
        } else {
            int ready = LibC.poll(set.errno(), fds.address(), length, millis);
            if (ready < 0) {
                pollFailed(ready, length);
            } else if (isReady(own) && isReady(wakeup)) {
                // Sources of GIO wake their context up all the time; ours would have a turn for nothing.
                fds.revents(own, set.fetchMoreThanContextWakeup() ? PollBits.IN : PollBits.NONE);
            }
        }
        return own;
    }

    private boolean isReady(int place) {
        return place != UNKNOWN && fds.revents(place) != PollBits.NONE;
    }

    private void pollFailed(int result, int length) {
        for (int i = 0; i < length; i++) {
            fds.revents(i, PollBits.NONE);
        }
        if (set.errno().value() != Errno.EINTR) {
            set.errno().check(result, "poll(" + length + " descriptors)");
        }
    }

    void close() {
        fds.free();
    }
}
