package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Series;

/** What the epoll set is meant to reach, beside what it reached. A goal that is missed is no failed run. */
final class EchoGoals {

    private static final double MOST_OF_EPOLL = 1.05;
    private static final double MOST_OF_ITSELF = 1.10;
    private static final int MANY_IDLE = 10_000;

    private final Results<EchoPoint> results;
    private final List<String> lines = new ArrayList<>();

    EchoGoals(Results<EchoPoint> results) {
        this.results = results;
    }

    String markdown() {
        for (EchoPoint point : results.points()) {
            compare(
                    point + ": CPU per message, " + Contender.GLIB_EPOLL_SET.title() + " to " + Contender.EPOLL.title(),
                    series(point, Contender.GLIB_EPOLL_SET),
                    series(point, Contender.EPOLL),
                    MOST_OF_EPOLL);
        }
        for (EchoPoint point : results.points()) {
            if (point.idle() == MANY_IDLE) {
                compare(
                        point + ": CPU per message, " + Contender.GLIB_EPOLL_SET.title() + " to itself with none idle",
                        series(point, Contender.GLIB_EPOLL_SET),
                        series(point.withoutIdle(), Contender.GLIB_EPOLL_SET),
                        MOST_OF_ITSELF);
            }
        }
        return lines.isEmpty() ? "" : "\n**Goals**\n\n" + String.join("\n", lines) + "\n";
    }

    private void compare(String what, Series series, Series yardstick, double most) {
        series.ratioTo(yardstick, Sample::cpuMicrosPerMessage)
                .ifPresent(ratio -> lines.add(String.format(
                        Locale.ROOT,
                        "- %s: %.3f, at most %.2f wanted: %s",
                        what,
                        ratio.value(),
                        most,
                        ratio.value() <= most ? "reached" : "missed")));
    }

    private Series series(EchoPoint point, Contender contender) {
        return results.series(point, contender);
    }
}
