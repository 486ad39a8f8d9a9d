package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void shouldReadWhatTheLoadPrints() {
        Sample sample = Sample.parse("result messages=1000 seconds=0.500000 per_second=2000.0 p50_us=1.50 p99_us=9.25"
                + " max_us=100.00 cpu_us=3500.250 lost=7");
        assertThat(sample).isEqualTo(new Sample(1000, 0.5, 1.5, 9.25, 100, 3500.25, 7));
        assertThat(sample.cpuMicrosPerMessage()).isEqualTo(3.50025);
        assertThat(sample.messagesPerCpuSecond()).isEqualTo(1000 / 0.00350025);
        assertThat(sample.messagesPerSecond()).isEqualTo(2000);
    }

    @Test
    void shouldNameTheFieldThatIsMissing() {
        assertThatThrownBy(() -> Sample.parse("result messages=1000 seconds=0.5"))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("p50_us");
    }
}
