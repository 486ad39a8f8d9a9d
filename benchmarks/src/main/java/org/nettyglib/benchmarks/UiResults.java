package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.UiProcess;
import org.nettyglib.benchmarks.report.Median;

/** What each setting did, round by round. */
final class UiResults {

    private final Map<UiSetting, List<UiRound>> rounds = new LinkedHashMap<>();

    UiResults(List<UiSetting> settings) {
        settings.forEach(setting -> rounds.put(setting, new ArrayList<>()));
    }

    Iterable<UiSetting> settings() {
        return rounds.keySet();
    }

    List<UiRound> of(UiSetting setting) {
        return rounds.getOrDefault(setting, List.of());
    }

    void add(UiSetting setting, UiRound round) {
        rounds.computeIfAbsent(setting, ignored -> new ArrayList<>()).add(round);
    }

    /** The share of the frames of 60 Hz that were drawn, the median over the rounds; empty without a window. */
    Optional<Median> frameShare(UiSetting setting) {
        return median(of(setting).stream()
                .filter(round -> round.frames() != null)
                .map(round -> frames(round).share(round.seconds()))
                .toList());
    }

    /** The longest time without a frame in any round; empty without a window. */
    Optional<Double> longestGapMillis(UiSetting setting) {
        return of(setting).stream()
                .filter(round -> round.frames() != null)
                .map(round -> frames(round).longestGapMillis())
                .max(Double::compare);
    }

    /** The median over the rounds of what the load saw; empty without load. */
    Optional<Median> flood(UiSetting setting, ToDoubleFunction<Sample> value) {
        return median(of(setting).stream()
                .filter(round -> round.flood() != null)
                .map(round -> value.applyAsDouble(flood(round)))
                .toList());
    }

    /**
     * What got through beside the window, as a share of what got through without one in the same round: the median over the rounds.
     * Empty if one of the two was not measured in each.
     */
    Optional<Median> floodShare(UiSetting setting) {
        List<UiRound> with = of(setting);
        List<UiRound> without = of(UiSetting.WITHOUT_WINDOW);
        if (!setting.flooded() || with.size() != without.size()) {
            return Optional.empty();
        }
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < with.size(); round++) {
            shares.add(flood(with.get(round)).messagesPerSecond()
                    / flood(without.get(round)).messagesPerSecond());
        }
        return median(shares);
    }

    /** For {@code Json}: one entry for each setting. */
    List<Map<String, Object>> series() {
        List<Map<String, Object>> series = new ArrayList<>();
        rounds.forEach((setting, measured) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("setting", setting.title());
            entry.put("rounds", measured);
            series.add(entry);
        });
        return series;
    }

    private static Optional<Median> median(List<Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Median.of(values));
    }

    private static UiProcess.Frames frames(UiRound round) {
        return Optional.ofNullable(round.frames()).orElseThrow();
    }

    private static Sample flood(UiRound round) {
        return Optional.ofNullable(round.flood()).orElseThrow();
    }
}
