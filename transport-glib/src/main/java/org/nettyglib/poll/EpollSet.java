package org.nettyglib.poll;

import java.lang.foreign.Arena;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.SourceFuncs;

/**
 * All descriptors in one epoll set, whose own descriptor is one GUnix fd source of the context. An iteration of the
 * context costs the same with ten thousand idle connections as with none.
 *
 * <p>The same source stands for the loop's tasks and timers. Whoever iterates the context drives it: GLib asks
 * {@link #prepare()} before it polls and calls {@link #dispatch()} when the set, a task or a timer is ready. The loop
 * itself takes a shorter way to the same end: {@link DirectIteration}.
 */
public final class EpollSet implements ReadinessBackend, SourceFuncs.Target {
    private final Arena arena = Arena.ofShared();
    private final Errno errno = new Errno();
    private final Sleep sleep = new Sleep();
    private final WatchTable watches = new WatchTable();
    private final EpollEvents events = new EpollEvents(arena);
    private final long epollEvent = arena.allocate(16, Long.BYTES).address();
    private final Descriptors descriptors = new Descriptors(errno);
    private final long context;
    private final LoopWork work;
    private final LoopTimer timer;
    private final DirectIteration iteration;
    private final int epollFd;
    private final int wakeupFd;
    private final long funcs;
    private final long source;

    /** Whether {@link DirectIteration} has fetched what the next dispatch delivers. */
    private boolean fetched;

    /**
     * @param context the {@code GMainContext}, which outlives this object
     * @param priority GLib's priority of all that this loop does
     */
    public EpollSet(long context, int priority, LoopWork work) {
        this.context = context;
        this.work = work;
        timer = new LoopTimer(errno, descriptors, work, arena);
        epollFd = descriptors.add(LibC.epoll_create1(errno, LibC.EPOLL_CLOEXEC), "epoll_create1");
        wakeupFd = descriptors.add(LibC.eventfd(errno, 0, LibC.EFD_CLOEXEC_NONBLOCK), "eventfd");
        // Edge-triggered: the two need no read, a later write or shot is a new edge.
        control(LibC.EPOLL_CTL_ADD, wakeupFd, PollBits.IN | LibC.EPOLLET, WatchKey.WAKEUP);
        control(LibC.EPOLL_CTL_ADD, timer.fd(), PollBits.IN | LibC.EPOLLET, WatchKey.TIMER);

        funcs = SourceFuncs.newFuncs();
        source = SourceFuncs.newSource(funcs, this);
        SourceSetup.apply(source, "netty-epoll-set", priority);
        LibGlib.g_source_add_unix_fd(source, epollFd, PollBits.IN);
        iteration = new DirectIteration(context, this, funcs, arena);
    }

    @Override
    public void attach() {
        LibGlib.g_source_attach(source, context);
    }

    @Override
    public Watch watch(int fd, Watch.Listener listener) {
        return new EpollWatch(fd, listener);
    }

    @Override
    public void iterate(boolean mayBlock) {
        iteration.run(mayBlock);
    }

    @Override
    public void wakeup() {
        if (sleep.startWaking()) {
            LibC.eventfd_write(wakeupFd, 1);
            sleep.woken();
        }
    }

    @Override
    public boolean prepare() {
        sleep.fallAsleep();
        if (hasWork(true)) {
            sleep.awake();
            return true;
        }
        return false;
    }

    @Override
    public void dispatch() {
        sleep.awake();
        if (fetched) {
            fetched = false;
        } else if (!events.hasMore()) {
            events.fetch(errno, epollFd, 0);
        }
        while (events.hasMore()) {
            deliver(events.next());
        }
        work.run();
    }

    private void deliver(int place) {
        long key = events.key(place);
        if (WatchKey.isOwn(key)) {
            if (key == WatchKey.TIMER) {
                timer.fired();
            }
            return;
        }
        EpollWatch watch = watches.find(key);
        if (watch != null) {
            watch.listener.ready(events.events(place));
        }
    }

    /** Events, tasks or timers that are due now. */
    boolean hasWork(boolean foreign) {
        return events.hasMore() || work.hasTasks(foreign) || timer.due(foreign);
    }

    int epollFd() {
        return epollFd;
    }

    Errno errno() {
        return errno;
    }

    Sleep sleep() {
        return sleep;
    }

    /** Lets the set stand for the descriptor of {@code g_main_context_wakeup} too, so that one wait sees both. */
    void addContextWakeup(int fd) {
        control(LibC.EPOLL_CTL_ADD, fd, PollBits.IN, WatchKey.CONTEXT);
    }

    /** Waits on the set, unless there are events left. Returns whether {@code g_main_context_wakeup} was called. */
    boolean fetch(int timeoutMillis) {
        if (!events.hasMore()) {
            events.fetch(errno, epollFd, timeoutMillis);
        }
        fetched = true;
        return events.contains(WatchKey.CONTEXT);
    }

    /** After an iteration in which this source had perhaps no turn: what is left is delivered in the next. */
    void endIteration() {
        fetched = false;
    }

    @Override
    public void close() {
        sleep.close();
        SourceFuncs.destroy(source, funcs);
        descriptors.close();
        iteration.close();
        errno.free();
        arena.close();
    }

    private void control(int op, int fd, int interest, long key) {
        EpollEvents.encode(epollEvent, interest, key);
        int result = LibC.epoll_ctl(errno, epollFd, op, fd, epollEvent);
        if (result == -1) {
            errno.check(result, "epoll_ctl(epoll " + epollFd + ", op " + op + ", fd " + fd + ')');
        }
    }

    /** A descriptor in the set. */
    final class EpollWatch implements Watch {
        final long key;
        final Listener listener;
        private final int fd;
        private int interest = PollBits.NONE;

        EpollWatch(int fd, Listener listener) {
            this.fd = fd;
            this.listener = listener;
            key = watches.add(this);
        }

        @Override
        public void interest(int events) {
            if (events == interest) {
                return;
            }
            if (interest == PollBits.NONE) {
                control(LibC.EPOLL_CTL_ADD, fd, events, key);
            } else if (events == PollBits.NONE) {
                control(LibC.EPOLL_CTL_DEL, fd, events, key);
            } else {
                control(LibC.EPOLL_CTL_MOD, fd, events, key);
            }
            interest = events;
        }

        @Override
        public void close() {
            watches.remove(key);
            if (interest != PollBits.NONE) {
                // Not checked: the kernel has dropped a descriptor by itself that was closed before, against the rule.
                LibC.epoll_ctl(errno, epollFd, LibC.EPOLL_CTL_DEL, fd, epollEvent);
                interest = PollBits.NONE;
            }
        }
    }
}
