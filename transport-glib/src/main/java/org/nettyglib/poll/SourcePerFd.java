package org.nettyglib.poll;

import java.util.HashSet;
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
    private final LoopStatistics statistics = new LoopStatistics();
    private final Sleep sleep = new Sleep(statistics);
    private final Set<FdWatch> attached = new HashSet<>();
    private final long context;
    private final LoopWork work;
    private final LoopTimer timer;
    private final Pause pause;
    private final Turns turns;
    private final Runnable ready = this::work;
    private final long funcs;
    private final long source;
    private long timerTag;

    /**
     * @param context the {@code GMainContext}, which outlives this object
     * @param priority GLib's priority of the tasks and timers
     * @param budgetNanos after how much of dispatching lower priorities have their turn; 0 for never
     * @throws java.io.UncheckedIOException if there are no descriptors left for the loop itself
     */
    public SourcePerFd(long context, int priority, long budgetNanos, LoopWork work) {
        this.context = context;
        this.work = work;
        pause = new Pause(context, priority, this);
        turns = new Turns(work, statistics, pause, budgetNanos);
        boolean opened = false;
        try {
            timer = new LoopTimer(resources, work);
            opened = true;
        } finally {
            if (!opened) {
                resources.close();
            }
        }
        funcs = SourceFuncs.newFuncs();
        source = SourceFuncs.newSource(funcs, this);
        SourceSetup.apply(source, "netty-tasks", priority);
        resume();
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
    public LoopStatistics statistics() {
        return statistics;
    }

    @Override
    public long armedDeadline() {
        return timer.armedDeadline();
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
        return turns.areOpen() && (work.hasTasks(foreign) || timer.due(foreign));
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
        turns.take(ready);
    }

    private void work() {
        sleep.awake();
        // Another source of this iteration may have begun a pause.
        if (timerTag != NO_TAG && LibGlib.g_source_query_unix_fd(source, timerTag) != 0) {
            timer.drain();
            timer.fired();
        }
        turns.runTasks();
    }

    @Override
    public void pause() {
        LibGlib.g_source_remove_unix_fd(source, timerTag);
        timerTag = NO_TAG;
        attached.forEach(FdWatch::update);
    }

    @Override
    public void resume() {
        timerTag = LibGlib.g_source_add_unix_fd(source, timer.fd(), PollBits.IN);
        attached.forEach(FdWatch::update);
    }

    @Override
    public void close() {
        sleep.close();
        pause.close();
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
            attached.add(this);
        }

        /** Lets GLib poll what is wanted now. */
        private void update() {
            int events = pause.isActive() ? PollBits.NONE : interest;
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
            turns.take(ready);
        }

        private void tell() {
            if (tag != NO_TAG) {
                int events = LibGlib.g_source_query_unix_fd(fdSource, tag);
                if (events != PollBits.NONE) {
                    listener.ready(events);
                }
            }
        }

        @Override
        public void close() {
            interest = PollBits.NONE;
            polled = PollBits.NONE;
            tag = NO_TAG;
            if (fdSource != 0) {
                attached.remove(this);
                SourceFuncs.destroy(fdSource);
                fdSource = 0;
            }
        }
    }
}
