package org.nettyglib.poll;

/** A descriptor in the epoll set of its priority. */
final class EpollWatch implements Watch {
    private final WatchTable watches;
    private final PrioritySets sets;
    private final int fd;
    private final Listener listener;
    private EpollInstance epoll;
    private int priority;
    private int interest = PollBits.NONE;
    private long key;

    EpollWatch(WatchTable watches, PrioritySets sets, int fd, Listener listener) {
        this.watches = watches;
        this.sets = sets;
        this.fd = fd;
        this.listener = listener;
        priority = sets.mainPriority();
        epoll = sets.join(priority);
        key = watches.add(this);
    }

    long key() {
        return key;
    }

    @Override
    public void interest(int events, int priority) {
        if (priority != this.priority) {
            move(priority);
        }
        if (events == interest) {
            return;
        }
        if (interest == PollBits.NONE) {
            epoll.add(fd, events, key);
        } else if (events == PollBits.NONE) {
            epoll.remove(fd);
        } else {
            epoll.modify(fd, events, key);
        }
        interest = events;
    }

    /** Leaves the descriptor in no set: the new one takes it in with its interest. */
    private void move(int to) {
        EpollInstance joined = sets.join(to);
        leave();
        // What the old set has fetched for it is reported by the new one again.
        key = watches.renew(key);
        epoll = joined;
        priority = to;
    }

    private void leave() {
        if (interest != PollBits.NONE) {
            epoll.remove(fd);
            interest = PollBits.NONE;
        }
        sets.leave(priority);
    }

    void ready(int events) {
        // An event may have been fetched before the interest was taken back.
        if (interest != PollBits.NONE) {
            listener.ready(events);
        }
    }

    @Override
    public void close() {
        watches.remove(key);
        leave();
    }
}
