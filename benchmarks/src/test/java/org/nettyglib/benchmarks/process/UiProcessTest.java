package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.UiProcess.Frames;

class UiProcessTest {

    @Test
    void shouldReadWhatTheWindowShowed() {
        assertThat(Frames.parse("frames=114 longest_gap_us=33500")).isEqualTo(new Frames(114, 33.5));
    }

    @Test
    void shouldExpectSixtyFramesASecond() {
        assertThat(new Frames(114, 33.5).share(2)).isEqualTo(0.95);
    }

    @Test
    void shouldRefuseAnAnswerThatSaysLess() {
        assertThatThrownBy(() -> Frames.parse("frames=114"))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("longest_gap_us");
    }
}
