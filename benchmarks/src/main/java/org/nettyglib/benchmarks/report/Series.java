package org.nettyglib.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Sample;

/** The samples of one server at one point, one for each round, in order; or the word that it stalled there. */
public final class Series {

    private final List<Sample> samples = new ArrayList<>();
    private @Nullable String stall;

    public void add(Sample sample) {
        samples.add(sample);
    }

    /** Takes the server out of this point. What it did before stays in {@link #samples()} but counts no more. */
    public void stalled(String how) {
        stall = how;
    }

    public Optional<String> stall() {
        return Optional.ofNullable(stall);
    }

    public List<Sample> samples() {
        return samples;
    }

    /** What was lost in all rounds together. */
    public long lost() {
        return samples.stream().mapToLong(Sample::lost).sum();
    }

    /** The median over the rounds; empty if the server stalled or was not measured. */
    public Optional<Median> median(ToDoubleFunction<Sample> value) {
        if (stall != null || samples.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Median.of(samples.stream().map(value::applyAsDouble).toList()));
    }

    /**
     * The median of the ratios of each round, so that what slows a whole round down (a neighbour, the clock) has no say.
     * Empty if one of the two was not measured in all rounds.
     */
    public Optional<Median> ratioTo(Series yardstick, ToDoubleFunction<Sample> value) {
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
