package org.nettyglib.poll;

import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.LibC;
import org.nettyglib.ffi.Memory;

/**
 * The next deadline of a loop as a timerfd. GLib before 2.81 waits in whole milliseconds; a descriptor that gets
 * readable does not.
 *
 * <p>It is set again only for an earlier deadline. One that moved further away lets the old shot come: a wake-up that
 * finds nothing to do is cheaper than a system call for each timer that is set and cancelled.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
 */
final class LoopTimer {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The kernel takes more, but nobody waits for it. */
    private static final long MAX_SECONDS = Integer.MAX_VALUE;

    private final Errno errno;
    private final LoopWork work;
    private final LoopStatistics statistics;
    private final int fd;
    private final long spec;
    private long armed = LoopWork.NO_DEADLINE;

    LoopTimer(Resources resources, LoopWork work, LoopStatistics statistics) {
        errno = resources.errno();
        this.work = work;
        this.statistics = statistics;
        spec = resources.allocate(4 * Long.BYTES);
        fd = resources.add(
                LibC.timerfd_create(errno, LibC.CLOCK_MONOTONIC, LibC.TFD_CLOEXEC_NONBLOCK), "timerfd_create");
    }

    int fd() {
        return fd;
    }

    /**
     * Says whether a deadline has passed; if not, sees to it that the descriptor gets readable when it does.
     */
    boolean due(boolean foreign) {
        long deadline = work.deadline(foreign);
        if (deadline == LoopWork.NO_DEADLINE || deadline == armed) {
            return false;
        }
        if (armed != LoopWork.NO_DEADLINE && armed < deadline) {
            return false;
        }
        long nanos = work.nanosUntil(deadline);
        if (nanos <= 0) {
            return true;
        }
        set(nanos);
        arm(deadline);
        return false;
    }

    private void set(long nanos) {
        // struct itimerspec: it_interval, it_value; each seconds and nanoseconds.
        long seconds = nanos / NANOS_PER_SECOND;
        Memory.putLong(spec + 16, Math.min(seconds, MAX_SECONDS));
        Memory.putLong(spec + 24, nanos % NANOS_PER_SECOND);
        errno.check(LibC.timerfd_settime(errno, fd, 0, spec), "timerfd_settime(" + fd + ')');
    }

    /** The descriptor was seen readable. */
    void fired() {
        arm(LoopWork.NO_DEADLINE);
    }

    private void arm(long deadline) {
        armed = deadline;
        statistics.deadline(deadline);
    }

    /** Makes the descriptor unreadable again, for a level-triggered poll. */
    void drain() {
        // Nothing to read (EAGAIN) is as good.
        LibC.read(errno, fd, spec, Long.BYTES);
    }
}
