package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.report.MarkdownTable;
import org.nettyglib.benchmarks.report.Median;

/** The results beside a window as Markdown, and what the defaults are meant to reach. A goal that is missed is no failed run. */
final class UiReport {

    private static final double LEAST_FRAMES = 0.95;
    private static final double LEAST_FLOOD = 0.60;
    private static final String NOTHING = "–";

    private final UiResults results;

    UiReport(UiResults results) {
        this.results = results;
    }

    String markdown() {
        MarkdownTable table = new MarkdownTable(List.of(
                "",
                "frames of 60 a second, %",
                "longest gap, ms",
                "messages per second",
                "% of those without a window",
                "CPU µs per message",
                "latency in µs: p50 / p99"));
        for (UiSetting setting : results.settings()) {
            table.row(List.of(
                    setting.title(),
                    percent(results.frameShare(setting)),
                    results.longestGapMillis(setting)
                            .map(gap -> format("%,.0f", gap))
                            .orElse(NOTHING),
                    flood(setting, Sample::messagesPerSecond, "%,.0f"),
                    percent(results.floodShare(setting)),
                    flood(setting, Sample::cpuMicrosPerMessage, "%.2f"),
                    flood(setting, Sample::p50Micros, "%,.0f") + " / " + flood(setting, Sample::p99Micros, "%,.0f")));
        }
        return table + goals();
    }

    private String goals() {
        List<String> lines = new ArrayList<>();
        results.frameShare(UiSetting.DEFAULTS)
                .ifPresent(share -> lines.add(goal("frames, of 60 a second", share, LEAST_FRAMES)));
        results.floodShare(UiSetting.DEFAULTS)
                .ifPresent(share -> lines.add(goal("messages, of those without a window", share, LEAST_FLOOD)));
        return lines.isEmpty() ? "" : "\n**Goals**\n\n" + String.join("\n", lines) + "\n";
    }

    private static String goal(String what, Median share, double least) {
        return format(
                "- %s: %s: %.3f, at least %.2f wanted: %s",
                UiSetting.DEFAULTS.title(), what, share.value(), least, share.value() >= least ? "reached" : "missed");
    }

    private String flood(UiSetting setting, ToDoubleFunction<Sample> value, String format) {
        return results.flood(setting, value)
                .map(median -> format(format, median.value()))
                .orElse(NOTHING);
    }

    private static String percent(Optional<Median> share) {
        return share.map(median -> format(
                        "%.1f (%.1f to %.1f)", 100 * median.value(), 100 * median.least(), 100 * median.greatest()))
                .orElse(NOTHING);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
