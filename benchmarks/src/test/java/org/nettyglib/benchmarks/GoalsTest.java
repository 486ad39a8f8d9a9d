package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Unit;

class GoalsTest {

    private static final EchoPoint BUSY = new EchoPoint(32, 0);
    private static final EchoPoint WITH_IDLE = new EchoPoint(32, 10_000);

    private final Results<EchoPoint> results = new Results<>(List.of(Contender.EPOLL, Contender.GLIB_EPOLL_SET));

    @Test
    void shouldTellWhichGoalsWereReached() {
        measured(BUSY, Contender.EPOLL, 100);
        measured(BUSY, Contender.GLIB_EPOLL_SET, 105);
        measured(WITH_IDLE, Contender.EPOLL, 100);
        measured(WITH_IDLE, Contender.GLIB_EPOLL_SET, 106);

        assertThat(new Goals<>(results, Unit.MESSAGE).upToNettyEpoll().markdown())
                .contains("- 32 busy: CPU per message, Netty on GLib, epoll set to Netty epoll: 1.050, at most 1.05"
                        + " wanted: reached")
                .contains("- 32 busy + 10,000 idle: CPU per message, Netty on GLib, epoll set to Netty epoll: 1.060,"
                        + " at most 1.05 wanted: missed");
    }

    @Test
    void shouldCompareWithAnyOther() {
        measured(BUSY, Contender.EPOLL, 100);
        measured(BUSY, Contender.GLIB_EPOLL_SET, 101);

        assertThat(new Goals<>(results, Unit.MESSAGE).upTo(Contender.EPOLL, 1.0).markdown())
                .contains("Netty on GLib, epoll set to Netty epoll: 1.010, at most 1.00 wanted: missed");
    }

    @Test
    void shouldCompareAPointWithALighterOne() {
        measured(BUSY, Contender.GLIB_EPOLL_SET, 100);
        measured(WITH_IDLE, Contender.GLIB_EPOLL_SET, 111);

        assertThat(new Goals<>(results, Unit.MESSAGE)
                        .upToItself(WITH_IDLE, BUSY, "with none idle")
                        .markdown())
                .contains("- 32 busy + 10,000 idle: CPU per message, Netty on GLib, epoll set to itself with none idle:"
                        + " 1.110, at most 1.10 wanted: missed");
    }

    @Test
    void shouldSayNothingOfWhatWasNotMeasured() {
        measured(BUSY, Contender.GLIB_EPOLL_SET, 100);

        assertThat(new Goals<>(results, Unit.MESSAGE).upToNettyEpoll().markdown())
                .isEmpty();
    }

    private void measured(EchoPoint point, Contender contender, double cpuMicros) {
        results.series(point, contender).add(new Sample(1, 1, 0, 0, 0, cpuMicros, 0));
    }
}
