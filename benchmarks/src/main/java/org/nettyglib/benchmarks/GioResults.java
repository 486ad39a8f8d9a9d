package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.nettyglib.benchmarks.process.GioSample;
import org.nettyglib.benchmarks.report.Median;
import org.nettyglib.benchmarks.report.Series;

/** The rounds of each point and contender. */
final class GioResults {

    private final Map<GioPoint, Map<GioContender, Series<GioSample>>> points = new LinkedHashMap<>();

    void add(GioPoint point, GioContender contender, GioSample sample) {
        points.computeIfAbsent(point, ignored -> new EnumMap<>(GioContender.class))
                .computeIfAbsent(contender, ignored -> new Series<>())
                .add(sample);
    }

    Set<GioPoint> points() {
        return points.keySet();
    }

    /** The median over the rounds; empty where the contender does not take part. */
    Optional<Median> median(GioPoint point, GioContender contender, ToDoubleFunction<GioSample> value) {
        return series(point, contender).median(value);
    }

    /** The CPU time of one as a multiple of that of another in the same round; empty where one of the two does not take part. */
    Optional<Median> cpuRatio(GioPoint point, GioContender contender, GioContender yardstick) {
        return series(point, contender).ratioTo(series(point, yardstick), GioSample::cpuPerOperation);
    }

    /** For {@code Json}: one entry for each point and contender. */
    List<Map<String, Object>> entries() {
        List<Map<String, Object>> entries = new ArrayList<>();
        points.forEach((point, contenders) -> contenders.forEach((contender, series) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("operation", point.operation().id());
            entry.put("underWay", point.underWay());
            entry.put("contender", contender.title());
            entry.put("samples", series.samples());
            entries.add(entry);
        }));
        return entries;
    }

    private Series<GioSample> series(GioPoint point, GioContender contender) {
        return points.getOrDefault(point, Map.of()).getOrDefault(contender, new Series<>());
    }
}
