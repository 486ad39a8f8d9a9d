package org.nettyglib.poll;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.SourceFuncs;

/**
 * A GUnix fd source for each descriptor, seen and scheduled by GLib alone, and one source for the loop's tasks and
 * timers. Each iteration walks all of them, so this is for loops with few connections whose every descriptor should be
 * GLib's to order, trace and poll.
 */
public final class SourcePerFd implements ReadinessBackend, SourceFuncs.Target, Pause.Pausable {
    private static final long NO_TAG = 0;

    private final Resources resources = new Resources();
    private final Sleep sleep;
    private final List<FdWatch> standingBack = new ArrayList<>();

    /** Who has had a turn since the last pause, in this order. */
    private final Set<FdWatch> served = new LinkedHashSet<>();

    private final long context;
    private final int priority;
    private final LoopWork work;
    private final LoopTimer timer;
    private final Pause pause;
    private final Turns turns;
    private final Runnable ready = this::work;
    private final long funcs;
    private final long source;
    private final SourceFd timerFd;
    private boolean tasksHadTurn;
    private boolean starved;

    /**
     * @param context the {@code GMainContext}, which outlives this object
     * @param priority GLib's priority of the tasks and timers
     * @param budgetNanos after how much of dispatching lower priorities have their turn; 0 for never
     * @throws java.io.UncheckedIOException if there are no descriptors left for the loop itself
     */
    public SourcePerFd(long context, int priority, long budgetNanos, LoopWork work, LoopStatistics statistics) {
        this.context = context;
        this.priority = priority;
        this.work = work;
        sleep = new Sleep(statistics);
        pause = new Pause(context, priority, this);
        turns = new Turns(work, statistics, pause, budgetNanos);
        boolean opened = false;
        try {
            timer = new LoopTimer(resources, work, statistics);
            opened = true;
        } finally {
            if (!opened) {
                resources.close();
            }
        }
        funcs = SourceFuncs.newFuncs();
        source = SourceFuncs.newSource(funcs, this);
        SourceSetup.apply(source, "netty-tasks", priority);
        timerFd = new SourceFd(source, timer.fd());
        timerFd.add();
    }

    @Override
    public void attach() {
        LibGlib.g_source_attach(source, context);
    }

    @Override
    public Watch watch(int fd, Watch.Listener listener) {
        return new FdWatch(fd, listener);
    }

    @Override
    public void take(Runnable turn) {
        turns.take(priority, turn);
    }

    @Override
    public void iterate(boolean mayBlock) {
        boolean block = mayBlock;
        if (block) {
            sleep.fallAsleep();
            block = !hasWork(false);
        }
        LibGlib.g_main_context_iteration(context, block);
        sleep.awake();
    }

    private boolean hasWork(boolean foreign) {
        return turns.areOpen(priority) && (work.hasTasks(foreign) || timer.due(foreign));
    }

    @Override
    public void wakeup() {
        if (sleep.startWaking()) {
            LibGlib.g_main_context_wakeup(context);
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
        turns.take(priority, ready);
    }

    private void work() {
        sleep.awake();
        tasksHadTurn = true;
        if (timerFd.isReady()) {
            timer.drain();
            timer.fired();
        }
        turns.runTasks();
    }

    /**
     * Takes no descriptor away but the timer's: each would cost system calls of GLib's, and most are of idle connections. A
     * source that GLib dispatches in the pause stands back then.
     *
     * <p>GLib serves the sources of a priority in the order of its list, and those at its head would spend each budget. So
     * if somebody has to stand back who had no turn, all who had one go to the end of the list, which GLib does to a source
     * that gets a priority, be it the same.
     */
    @Override
    public void pause(int level) {
        if (priority > level) {
            return;
        }
        timerFd.remove();
        if (tasksHadTurn) {
            tasksHadTurn = false;
            LibGlib.g_source_set_priority(source, priority);
        }
    }

    @Override
    public void resume() {
        if (starved) {
            starved = false;
            served.forEach(FdWatch::goToTheBack);
        }
        served.clear();
        timerFd.add();
        standingBack.forEach(FdWatch::comeBack);
        standingBack.clear();
    }

    @Override
    public void close() {
        sleep.close();
        pause.close();
        timer.fired();
        SourceFuncs.destroy(source, funcs);
        resources.close();
    }

    /** A descriptor with a source of its own, which is made with the first interest. */
    final class FdWatch implements Watch, SourceFuncs.Target {
        private final int fd;
        private final Listener listener;
        private final Runnable ready = this::tell;
        private long fdSource;
        private long tag = NO_TAG;
        private int priority;
        private int interest = PollBits.NONE;

        private boolean standsBack;

        /** The interest that GLib knows of: none in a pause. */
        private int polled = PollBits.NONE;

        FdWatch(int fd, Listener listener) {
            this.fd = fd;
            this.listener = listener;
        }

        @Override
        public void interest(int events, int priority) {
            if (priority != this.priority) {
                this.priority = priority;
                if (fdSource != 0) {
                    LibGlib.g_source_set_priority(fdSource, priority);
                }
            }
            if (events == interest) {
                return;
            }
            interest = events;
            if (fdSource == 0) {
                attach();
            } else {
                update();
            }
        }

        private void attach() {
            fdSource = SourceFuncs.newPassiveSource(this);
            SourceSetup.apply(fdSource, "netty-fd", priority);
            update();
            LibGlib.g_source_attach(fdSource, context);
        }

        /** Lets GLib poll what is wanted now. */
        private void update() {
            int events = standsBack ? PollBits.NONE : interest;
            if (events == polled) {
                return;
            }
            if (events == PollBits.NONE) {
                LibGlib.g_source_remove_unix_fd(fdSource, tag);
                tag = NO_TAG;
            } else if (tag == NO_TAG) {
                tag = LibGlib.g_source_add_unix_fd(fdSource, fd, events);
            } else {
                LibGlib.g_source_modify_unix_fd(fdSource, tag, events);
            }
            polled = events;
        }

        @Override
        public boolean prepare() {
            return false;
        }

        @Override
        public void dispatch() {
            if (pause.holds(priority)) {
                standBack();
            } else {
                turns.take(priority, ready);
            }
        }

        private void tell() {
            if (tag != NO_TAG) {
                int events = LibGlib.g_source_query_unix_fd(fdSource, tag);
                if (events != PollBits.NONE) {
                    remember();
                    listener.ready(events);
                }
            }
        }

        private void remember() {
            if (turns.haveBudget()) {
                served.add(this);
            }
        }

        private void goToTheBack() {
            LibGlib.g_source_set_priority(fdSource, priority);
        }

        /** Lets others have their turn until the end of the pause. */
        private void standBack() {
            if (tag == NO_TAG) {
                return;
            }
            standsBack = true;
            standingBack.add(this);
            update();
            pause.prolong();
            starved |= !served.contains(this);
        }

        private void comeBack() {
            standsBack = false;
            if (fdSource != 0) {
                update();
            }
        }

        @Override
        public void close() {
            interest = PollBits.NONE;
            polled = PollBits.NONE;
            tag = NO_TAG;
            if (fdSource != 0) {
                served.remove(this);
                SourceFuncs.destroy(fdSource);
                fdSource = 0;
            }
        }
    }
}
