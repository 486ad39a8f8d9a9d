package org.nettyglib.poll;

import org.jspecify.annotations.Nullable;
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
 *
 * <p>Descriptors of another priority than the loop's are in a {@link PrioritySet}, so that GLib orders them.
 */
public final class EpollSet implements ReadinessBackend, SourceFuncs.Target, Pause.Pausable {
    private final Resources resources = new Resources();
    private final Sleep sleep;
    private final WatchTable watches = new WatchTable();
    private final long context;
    private final LoopWork work;
    private final LoopTimer timer;
    private final Pause pause;
    private final Turns turns;
    private final Runnable ready = this::deliverAndWork;
    private final EpollInstance epoll;
    private final PrioritySets sets;
    private final DirectIteration iteration;
    private final int wakeupFd;
    private final long funcs;
    private final long source;
    private final SourceFd set;
    private @Nullable EpollWatch contextWakeup;

    /** Whether {@link DirectIteration} has fetched what the next dispatch delivers. */
    private boolean fetched;

    /**
     * @param context the {@code GMainContext}, which outlives this object
     * @param priority GLib's priority of the tasks and timers, and of each descriptor that is given no other
     * @param budgetNanos after how much of dispatching lower priorities have their turn; 0 for never
     * @throws java.io.UncheckedIOException if there are no descriptors left for the loop itself
     */
    public EpollSet(long context, int priority, long budgetNanos, LoopWork work, LoopStatistics statistics) {
        this.context = context;
        this.work = work;
        sleep = new Sleep(statistics);
        pause = new Pause(context, priority, this);
        turns = new Turns(work, statistics, pause, budgetNanos);
        boolean opened = false;
        try {
            timer = new LoopTimer(resources, work, statistics);
            epoll = new EpollInstance(resources, watches);
            wakeupFd = resources.add(LibC.eventfd(errno(), 0, LibC.EFD_CLOEXEC_NONBLOCK), "eventfd");
            sets = new PrioritySets(context, watches, epoll, priority, turns);
            // Edge-triggered: the two need no read, a later write or shot is a new edge.
            watch(timer.fd(), events -> timer.fired()).interest(PollBits.IN | LibC.EPOLLET, priority);
            watch(wakeupFd, events -> {}).interest(PollBits.IN | LibC.EPOLLET, priority);
            opened = true;
        } finally {
            if (!opened) {
                resources.close();
            }
        }
        funcs = SourceFuncs.newFuncs();
        source = SourceFuncs.newSource(funcs, this);
        SourceSetup.apply(source, "netty-epoll-set", priority);
        set = new SourceFd(source, epoll.fd());
        set.add();
        iteration = new DirectIteration(context, this, funcs, resources);
    }

    @Override
    public void attach() {
        LibGlib.g_source_attach(source, context);
    }

    @Override
    public EpollWatch watch(int fd, Watch.Listener listener) {
        return new EpollWatch(watches, sets, fd, listener);
    }

    @Override
    public void take(Runnable turn) {
        turns.take(sets.mainPriority(), turn);
    }

    @Override
    public void iterate(boolean mayBlock) {
        turns.iterating();
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
        turns.iterating();
        sleep.fallAsleep();
        if (hasWork(true)) {
            sleep.awake();
            return true;
        }
        return false;
    }

    @Override
    public void dispatch() {
        turns.take(sets.mainPriority(), ready);
    }

    private void deliverAndWork() {
        sleep.awake();
        if (fetched) {
            fetched = false;
        } else {
            epoll.fetch(0);
        }
        epoll.deliver(turns);
        turns.runTasks();
    }

    @Override
    public void pause(int level) {
        if (sets.mainPriority() <= level) {
            set.remove();
        }
        sets.pause(level);
    }

    @Override
    public void resume() {
        set.add();
        sets.resume();
    }

    /** Events, tasks or timers that are due now. */
    boolean hasWork(boolean foreign) {
        return turns.areOpen(sets.mainPriority())
                && (epoll.hasEvents() || work.hasTasks(foreign) || timer.due(foreign));
    }

    int epollFd() {
        return epoll.fd();
    }

    Errno errno() {
        return resources.errno();
    }

    Sleep sleep() {
        return sleep;
    }

    /** Lets the set stand for the descriptor of {@code g_main_context_wakeup} too, so that one wait sees both. */
    void addContextWakeup(int fd) {
        contextWakeup = watch(fd, events -> {});
        contextWakeup.interest(PollBits.IN, sets.mainPriority());
    }

    /** Waits on the set, unless there are events left. Returns whether {@code g_main_context_wakeup} was called. */
    boolean fetch(int timeoutMillis) {
        epoll.fetch(timeoutMillis);
        fetched = true;
        return contextWakeup != null && epoll.hasEvent(contextWakeup.key());
    }

    /**
     * Fetches what there is, after poll(2) has reported the set and GLib's wake-up descriptor: as a member of the set that one
     * makes the set ready too. Returns whether there is more.
     */
    boolean fetchMoreThanContextWakeup() {
        fetch(0);
        if (contextWakeup != null) {
            epoll.dropIfOnly(contextWakeup.key());
        }
        return epoll.hasEvents();
    }

    /** After an iteration in which this source had perhaps no turn: what is left is delivered in the next. */
    void endIteration() {
        fetched = false;
    }

    @Override
    public void close() {
        sleep.close();
        pause.close();
        timer.fired();
        sets.close();
        epoll.drop();
        SourceFuncs.destroy(source, funcs);
        iteration.close();
        resources.close();
    }
}
