package org.nettyglib.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.Sample;

class SeriesTest {

    @Test
    void shouldTakeTheMedianOfTheRatiosOfEachRound() {
        // The second round was slow for both: its ratio counts, its figures do not.
        Series<Sample> yardstick = series(2, 20, 2, 4);
        Series<Sample> series = series(3, 22, 3, 4);
        assertThat(series.ratioTo(yardstick, Sample::cpuMicrosPerMessage)).contains(new Median(1.3, 1.0, 1.5));
    }

    @Test
    void shouldHaveNoRatioToAYardstickThatWasNotMeasured() {
        assertThat(series(1).ratioTo(new Series<>(), Sample::cpuMicrosPerMessage))
                .isEmpty();
    }

    @Test
    void shouldHaveNoFiguresOnceStalled() {
        Series<Sample> series = series(1, 1);
        series.stalled("no answer");
        assertThat(series.median(Sample::cpuMicrosPerMessage)).isEmpty();
        assertThat(series.stall()).contains("no answer");
    }

    @Test
    void shouldTakeTheMiddleValue() {
        assertThat(series(9, 1, 5).median(Sample::cpuMicrosPerMessage)).contains(new Median(5, 1, 9));
    }

    @Test
    void shouldCountWhatWasLostInAllRounds() {
        assertThat(series(1, 1, 1).sum(Sample::lost)).isEqualTo(6);
    }

    private static Series<Sample> series(double... cpuMicros) {
        Series<Sample> series = new Series<>();
        for (double cpu : cpuMicros) {
            series.add(new Sample(1, 1, 0, 0, 0, cpu, 2));
        }
        return series;
    }
}
