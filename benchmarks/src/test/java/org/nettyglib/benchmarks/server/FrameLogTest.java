package org.nettyglib.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.server.FrameLog.Frames;

class FrameLogTest {

    private final FrameLog log = new FrameLog();

    @Test
    void shouldCountTheFramesOfAWindow() {
        drawnAt(5, 10, 20, 35, 40);
        assertThat(log.between(10, 40)).isEqualTo(new Frames(3, 15));
    }

    @Test
    void shouldSeeTheGapsAtBothEnds() {
        drawnAt(50, 55);
        assertThat(log.between(0, 60)).isEqualTo(new Frames(2, 50));
        assertThat(log.between(45, 100)).isEqualTo(new Frames(2, 45));
    }

    @Test
    void shouldTakeAWindowWithoutFramesForOneGap() {
        assertThat(log.between(10, 110)).isEqualTo(new Frames(0, 100));
    }

    @Test
    void shouldKeepAsManyFramesAsThereAre() {
        for (long at = 0; at < 100_000; at++) {
            log.add(at);
        }
        assertThat(log.between(0, 100_000)).isEqualTo(new Frames(100_000, 1));
    }

    @Test
    void shouldSayItInALine() {
        drawnAt(2_000_000);
        assertThat(log.between(0, 5_000_000)).hasToString("frames=1 longest_gap_us=3000");
    }

    private void drawnAt(long... instants) {
        for (long at : instants) {
            log.add(at);
        }
    }
}
