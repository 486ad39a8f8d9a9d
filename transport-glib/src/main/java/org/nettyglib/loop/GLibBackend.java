package org.nettyglib.loop;

import io.netty.util.internal.SystemPropertyUtil;
import java.util.Arrays;
import java.util.Locale;
import org.nettyglib.poll.EpollSet;
import org.nettyglib.poll.LoopStatistics;
import org.nettyglib.poll.LoopWork;
import org.nettyglib.poll.ReadinessBackend;
import org.nettyglib.poll.SourcePerFd;

/**
 * How descriptors are watched. Both ways behave the same.
 */
public enum GLibBackend {
    /**
     * The descriptors are in an epoll set, which is one source of the context: the default. Its cost does not depend on
     * how many connections are idle.
     */
    EPOLL_SET {
        @Override
        ReadinessBackend open(long context, int priority, long budgetNanos, LoopWork work, LoopStatistics statistics) {
            return new EpollSet(context, priority, budgetNanos, work, statistics);
        }
    },

    /**
     * Each descriptor is a source of its own, which GLib alone orders and polls. GLib walks all of them at each
     * iteration: for loops with few connections.
     */
    SOURCE_PER_FD {
        @Override
        ReadinessBackend open(long context, int priority, long budgetNanos, LoopWork work, LoopStatistics statistics) {
            return new SourcePerFd(context, priority, budgetNanos, work, statistics);
        }
    };

    /** The system property that names the default: {@code epoll-set} or {@code source-per-fd}. */
    public static final String PROPERTY = "org.nettyglib.backend";

    /** {@code glib/gmain.h}: the priority of GLib's timeouts and of most descriptors. */
    static final int G_PRIORITY_DEFAULT = 0;

    abstract ReadinessBackend open(
            long context, int priority, long budgetNanos, LoopWork work, LoopStatistics statistics);

    private String propertyValue() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The backend that {@value #PROPERTY} names, {@link #EPOLL_SET} if it is not set.
     *
     * @return the default backend
     * @throws IllegalArgumentException if it names none
     */
    public static GLibBackend fromProperty() {
        String value = SystemPropertyUtil.get(PROPERTY, EPOLL_SET.propertyValue());
        return Arrays.stream(values())
                .filter(backend -> backend.propertyValue().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-D" + PROPERTY + '=' + value + ": expected one of "
                        + Arrays.stream(values())
                                .map(GLibBackend::propertyValue)
                                .toList()));
    }
}
