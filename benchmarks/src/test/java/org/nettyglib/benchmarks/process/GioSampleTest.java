package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GioSampleTest {

    private static final ThreadTimes THREADS = new ThreadTimes(6_000_000, 1_000_000);

    @Test
    void shouldDivideByTheOperations() {
        GioSample sample = GioSample.parse("result operations=1000 seconds=0.500000", 9_000, THREADS);
        assertThat(sample).isEqualTo(new GioSample(1000, 0.5, 9_000, 6_000, 1_000));
        assertThat(sample.cpuPerOperation()).isEqualTo(9);
        assertThat(sample.loopPerOperation()).isEqualTo(6);
        assertThat(sample.gioPerOperation()).isEqualTo(1);
        assertThat(sample.restPerOperation()).isEqualTo(2);
        assertThat(sample.operationsPerSecond()).isEqualTo(2_000);
    }

    @Test
    void shouldHaveNoLessThanNothingLeftForOtherThreads() {
        // The clocks are read one after the other.
        assertThat(new GioSample(1, 1, 10, 9, 1.5).restPerOperation()).isZero();
    }

    @Test
    void shouldNameTheFieldThatIsMissing() {
        assertThatThrownBy(() -> GioSample.parse("result operations=1000", 9_000, THREADS))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("seconds");
    }
}
