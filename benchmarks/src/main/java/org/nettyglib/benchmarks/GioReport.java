package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.nettyglib.benchmarks.process.GioSample;
import org.nettyglib.benchmarks.report.MarkdownTable;
import org.nettyglib.benchmarks.report.Median;

/** The results of GIO's operations as Markdown, and what was to be reached. A goal that is missed is no failed run. */
final class GioReport {

    private static final String NOTHING = "–";

    /** What one contender is meant to reach, where it and its yardstick both take part. */
    private record Goal(GioContender contender, GioContender yardstick, double most) {}

    private static final List<Goal> GOALS = List.of(
            new Goal(GioContender.FUTURES, GioContender.PLAIN, 0.6),
            new Goal(GioContender.OWN, GioContender.C, 1.5),
            new Goal(GioContender.OWN, GioContender.C_POLLABLE, 1.5));

    private final GioResults results;

    GioReport(GioResults results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        table(text, "CPU µs per operation", number(GioSample::cpuPerOperation, "%,.2f"));
        table(
                text,
                "CPU per operation as a multiple of " + GioContender.C.title()
                        + " in the same round: median (least to greatest)",
                this::ratioToC);
        table(text, "CPU µs per operation by threads: the loop's / GIO's / all others", this::byThreads);
        table(text, "Operations per second", number(GioSample::operationsPerSecond, "%,.0f"));
        return text + goals();
    }

    private void table(StringBuilder text, String title, BiFunction<GioPoint, GioContender, String> cell) {
        List<String> headings = new ArrayList<>(List.of("operation, how many under way"));
        Arrays.stream(GioContender.values()).map(GioContender::title).forEach(headings::add);
        MarkdownTable table = new MarkdownTable(headings);
        for (GioPoint point : results.points()) {
            List<String> cells = new ArrayList<>(List.of(point.toString()));
            for (GioContender contender : GioContender.values()) {
                cells.add(cell.apply(point, contender));
            }
            table.row(cells);
        }
        text.append("**").append(title).append("**\n\n").append(table).append('\n');
    }

    private BiFunction<GioPoint, GioContender, String> number(ToDoubleFunction<GioSample> value, String format) {
        return (point, contender) -> text(results.median(point, contender, value), format);
    }

    private String ratioToC(GioPoint point, GioContender contender) {
        return results.cpuRatio(point, contender, GioContender.C)
                .map(ratio -> format("%.2f (%.2f to %.2f)", ratio.value(), ratio.least(), ratio.greatest()))
                .orElse(NOTHING);
    }

    private String byThreads(GioPoint point, GioContender contender) {
        return text(results.median(point, contender, GioSample::loopPerOperation), "%,.2f")
                + " / " + text(results.median(point, contender, GioSample::gioPerOperation), "%,.2f")
                + " / " + text(results.median(point, contender, GioSample::restPerOperation), "%,.2f");
    }

    private String goals() {
        List<String> lines = new ArrayList<>();
        for (Goal goal : GOALS) {
            for (GioPoint point : results.points()) {
                results.cpuRatio(point, goal.contender(), goal.yardstick())
                        .ifPresent(ratio -> lines.add(line(goal, point, ratio)));
            }
        }
        return lines.isEmpty() ? "" : "**Goals**\n\n" + String.join("\n", lines) + "\n";
    }

    private static String line(Goal goal, GioPoint point, Median ratio) {
        return format(
                "- %s: CPU per operation, %s to %s: %.3f, at most %.2f wanted: %s",
                point,
                goal.contender().title(),
                goal.yardstick().title(),
                ratio.value(),
                goal.most(),
                ratio.value() <= goal.most() ? "reached" : "missed");
    }

    private static String text(Optional<Median> median, String format) {
        return median.map(value -> format(format, value.value())).orElse(NOTHING);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
