package org.nettyglib.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;

/** Results as Markdown: one table for each quantity, a row for each point, a column for each server. */
public final class Report<P> {

    private static final String STALLS = "stalls";
    private static final String NOTHING = "–";

    private final Results<P> results;
    private final Unit unit;
    private final Map<String, ToDoubleBiFunction<P, Sample>> further = new LinkedHashMap<>();
    private Contender yardstick = Contender.YARDSTICK;
    private String latencyTitle = "Latency in µs";
    private boolean withLatencyRatios;

    public Report(Results<P> results, Unit unit) {
        this.results = results;
        this.unit = unit;
    }

    /** Compares with another contender than the usual one. */
    public Report<P> comparedWith(Contender contender) {
        yardstick = contender;
        return this;
    }

    /** Says what the load's latencies are, where they are no round trips. */
    public Report<P> withLatencyTitle(String title) {
        latencyTitle = title;
        return this;
    }

    /** Shows another quantity, right after the CPU times. */
    public Report<P> with(String title, ToDoubleBiFunction<P, Sample> value) {
        further.put(title, value);
        return this;
    }

    /** Compares latencies too, for loads whose pace no server sets. */
    public Report<P> withLatencyRatios() {
        withLatencyRatios = true;
        return this;
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        section(text, "CPU µs per " + unit.one(), cell(Sample::cpuMicrosPerMessage, "%.2f"));
        ratios(text, "CPU per " + unit.one(), Sample::cpuMicrosPerMessage);
        further.forEach((title, value) -> section(
                text,
                title,
                (point, contender) -> cell((Sample sample) -> value.applyAsDouble(point, sample), "%,.0f")
                        .apply(point, contender)));
        section(text, unit.heading() + " per CPU second", cell(Sample::messagesPerCpuSecond, "%,.0f"));
        section(text, unit.heading() + " per second", cell(Sample::messagesPerSecond, "%,.0f"));
        section(text, latencyTitle + ": p50 / p99", (point, contender) -> latency(results.series(point, contender)));
        if (withLatencyRatios) {
            ratios(text, "p50 of the latency", Sample::p50Micros);
            ratios(text, "p99 of the latency", Sample::p99Micros);
        }
        remarks().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private void ratios(StringBuilder text, String title, ToDoubleFunction<Sample> value) {
        section(
                text,
                title + " as a multiple of " + yardstick.title() + " in the same round: median (least to greatest)",
                (point, contender) -> ratio(point, contender, value));
    }

    private void section(StringBuilder text, String title, BiFunction<P, Contender, String> cell) {
        MarkdownTable table = new MarkdownTable(
                Stream.concat(Stream.of(""), results.contenders().stream().map(Contender::title))
                        .toList());
        for (P point : results.points()) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(point)));
            results.contenders().forEach(contender -> cells.add(cell.apply(point, contender)));
            table.row(cells);
        }
        text.append("**").append(title).append("**\n\n").append(table).append('\n');
    }

    private BiFunction<P, Contender, String> cell(ToDoubleFunction<Sample> value, String format) {
        return (point, contender) -> {
            Series<Sample> series = results.series(point, contender);
            return series.median(value)
                    .map(median -> String.format(Locale.ROOT, format, median.value()))
                    .orElseGet(() -> missing(series));
        };
    }

    private String ratio(P point, Contender contender, ToDoubleFunction<Sample> value) {
        Series<Sample> series = results.series(point, contender);
        return series.ratioTo(results.series(point, yardstick), value)
                .map(ratio -> String.format(
                        Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.value(), ratio.least(), ratio.greatest()))
                .orElseGet(() -> missing(series));
    }

    private static String latency(Series<Sample> series) {
        Function<ToDoubleFunction<Sample>, String> part = value -> series.median(value)
                .map(median -> String.format(Locale.ROOT, "%,.0f", median.value()))
                .orElseGet(() -> missing(series));
        return series.stall().isPresent()
                ? STALLS
                : part.apply(Sample::p50Micros) + " / " + part.apply(Sample::p99Micros);
    }

    private static String missing(Series<?> series) {
        return series.stall().isPresent() ? STALLS : NOTHING;
    }

    /** How each of the stalled servers stalled, and what was lost. */
    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        for (P point : results.points()) {
            for (Contender contender : results.contenders()) {
                Series<Sample> series = results.series(point, contender);
                series.stall()
                        .ifPresent(how -> lines.add("- " + contender.title() + " stalls at " + point + ": " + how));
                long lost = series.sum(Sample::lost);
                if (lost > 0) {
                    lines.add(String.format(
                            Locale.ROOT, "- %s at %s: %,d %s lost", contender.title(), point, lost, unit.many()));
                }
            }
        }
        return lines;
    }
}
