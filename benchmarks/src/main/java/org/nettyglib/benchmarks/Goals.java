package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Series;
import org.nettyglib.benchmarks.report.Unit;

/** What the epoll set is meant to reach, beside what it reached. A goal that is missed is no failed run. */
final class Goals<P> {

    private static final double MOST_OF_EPOLL = 1.05;
    private static final double MOST_OF_ITSELF = 1.10;

    private final Results<P> results;
    private final Unit unit;
    private final List<String> lines = new ArrayList<>();
    private Predicate<P> counts = point -> true;

    Goals(Results<P> results, Unit unit) {
        this.results = results;
        this.unit = unit;
    }

    /** From now on only points like these. */
    Goals<P> where(Predicate<P> points) {
        counts = points;
        return this;
    }

    /** At each point no more CPU than Netty epoll, or hardly more. */
    Goals<P> upToNettyEpoll() {
        return upTo(Contender.EPOLL, MOST_OF_EPOLL);
    }

    /** At each point so much of another's CPU at most. */
    Goals<P> upTo(Contender yardstick, double most) {
        for (P point : results.points()) {
            if (!counts.test(point)) {
                continue;
            }
            compare(point, yardstick.title(), series(point, Contender.GLIB_EPOLL_SET), series(point, yardstick), most);
        }
        return this;
    }

    /** No more CPU at one point than at another, or hardly more. */
    Goals<P> upToItself(P point, P lighter, String title) {
        compare(
                point,
                "itself " + title,
                series(point, Contender.GLIB_EPOLL_SET),
                series(lighter, Contender.GLIB_EPOLL_SET),
                MOST_OF_ITSELF);
        return this;
    }

    String markdown() {
        return lines.isEmpty() ? "" : "\n**Goals**\n\n" + String.join("\n", lines) + "\n";
    }

    private void compare(P point, String yardstickTitle, Series<Sample> series, Series<Sample> yardstick, double most) {
        series.ratioTo(yardstick, Sample::cpuMicrosPerMessage)
                .ifPresent(ratio -> lines.add(String.format(
                        Locale.ROOT,
                        "- %s: CPU per %s, %s to %s: %.3f, at most %.2f wanted: %s",
                        point,
                        unit.one(),
                        Contender.GLIB_EPOLL_SET.title(),
                        yardstickTitle,
                        ratio.value(),
                        most,
                        ratio.value() <= most ? "reached" : "missed")));
    }

    private Series<Sample> series(P point, Contender contender) {
        return results.series(point, contender);
    }
}
