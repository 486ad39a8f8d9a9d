package org.nettyglib.poll;

import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.SourceFuncs;

/**
 * A GUnix fd source for each descriptor, seen and scheduled by GLib alone, and one source for the loop's tasks and
 * timers. Each iteration walks all of them, so this is for loops with few connections whose every descriptor should be
 * GLib's to order, trace and poll.
 */
public final class SourcePerFd implements ReadinessBackend, ReadyTarget {
    private static final long NO_TAG = 0;

    private final Resources resources = new Resources();
    private final Sleep sleep = new Sleep();
    private final long context;
    private final LoopWork work;
    private final LoopTimer timer;
    private final long funcs;
    private final long source;
    private final long timerTag;

    /**
     * @param context the {@code GMainContext}, which outlives this object
     * @param priority GLib's priority of the tasks and timers
     * @throws java.io.UncheckedIOException if there are no descriptors left for the loop itself
     */
    public SourcePerFd(long context, int priority, LoopWork work) {
        this.context = context;
        this.work = work;
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
        timerTag = LibGlib.g_source_add_unix_fd(source, timer.fd(), PollBits.IN);
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
        return work.hasTasks(foreign) || timer.due(foreign);
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
        sleep.fallAsleep();
        if (hasWork(true)) {
            sleep.awake();
            return true;
        }
        return false;
    }

    @Override
    public void ready() {
        sleep.awake();
        if (LibGlib.g_source_query_unix_fd(source, timerTag) != 0) {
            timer.drain();
            timer.fired();
        }
        work.run();
    }

    @Override
    public void close() {
        sleep.close();
        SourceFuncs.destroy(source, funcs);
        resources.close();
    }

    /** A descriptor with a source of its own, which is made with the first interest. */
    final class FdWatch implements Watch, ReadyTarget {
        private final int fd;
        private final Listener listener;
        private long fdSource;
        private long tag = NO_TAG;
        private int priority;
        private int interest = PollBits.NONE;

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
            if (fdSource == 0) {
                attach(events);
            } else if (events == PollBits.NONE) {
                LibGlib.g_source_remove_unix_fd(fdSource, tag);
                tag = NO_TAG;
            } else if (tag == NO_TAG) {
                tag = LibGlib.g_source_add_unix_fd(fdSource, fd, events);
            } else {
                LibGlib.g_source_modify_unix_fd(fdSource, tag, events);
            }
            interest = events;
        }

        private void attach(int events) {
            fdSource = SourceFuncs.newPassiveSource(this);
            SourceSetup.apply(fdSource, "netty-fd", priority);
            tag = LibGlib.g_source_add_unix_fd(fdSource, fd, events);
            LibGlib.g_source_attach(fdSource, context);
        }

        @Override
        public boolean prepare() {
            return false;
        }

        @Override
        public void ready() {
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
            tag = NO_TAG;
            if (fdSource != 0) {
                SourceFuncs.destroy(fdSource);
                fdSource = 0;
            }
        }
    }
}
