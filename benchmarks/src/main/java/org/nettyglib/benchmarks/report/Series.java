package org.nettyglib.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one contender at one point, one for each round, in order; or the word that it stalled there.
 *
 * @param <S> what one window showed
 */
public final class Series<S> {

    private final List<S> samples = new ArrayList<>();
    private @Nullable String stall;

    public void add(S sample) {
        samples.add(sample);
    }

    /** Takes the contender out of this point. What it did before stays in {@link #samples()} but counts no more. */
    public void stalled(String how) {
        stall = how;
    }

    public Optional<String> stall() {
        return Optional.ofNullable(stall);
    }

    public List<S> samples() {
        return samples;
    }

    /** Of all rounds together. */
    public long sum(ToLongFunction<S> value) {
        return samples.stream().mapToLong(value).sum();
    }

    /** The median over the rounds; empty if the contender stalled or was not measured. */
    public Optional<Median> median(ToDoubleFunction<S> value) {
        if (stall != null || samples.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Median.of(samples.stream().map(value::applyAsDouble).toList()));
    }

    /**
     * The median of the ratios of each round, so that what slows a whole round down (a neighbour, the clock) has no say.
     * Empty if one of the two was not measured in all rounds.
     */
    public Optional<Median> ratioTo(Series<S> yardstick, ToDoubleFunction<S> value) {
        if (stall != null || samples.isEmpty() || samples.size() != yardstick.samples.size()) {
            return Optional.empty();
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < samples.size(); round++) {
            ratios.add(value.applyAsDouble(samples.get(round)) / value.applyAsDouble(yardstick.samples.get(round)));
        }
        return Optional.of(Median.of(ratios));
    }
}
