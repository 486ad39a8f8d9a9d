package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaPointTest {

    @Test
    void shouldSayWhatIsSentToHowMany() {
        assertThat(new MediaPoint(MediaPoint.Stream.VIDEO, 256)).hasToString("video, 16,400 B × 60/s, 256 clients");
        assertThat(new MediaPoint(MediaPoint.Stream.TS, 1)).hasToString("ts, 1,316 B × 250/s, 1 client");
    }

    /** A GRAY8 picture has lines of a multiple of four bytes, see GstVideoInfo: otherwise a frame is larger than it says. */
    @ParameterizedTest
    @EnumSource
    void shouldHaveFramesWithoutPadding(MediaPoint.Stream stream) {
        assertThat(stream.source()).containsPattern("width=\\d+,height=\\d+");
        int width = Integer.parseInt(stream.source().replaceAll(".*width=(\\d+).*", "$1"));
        assertThat(width % 4).isZero();
        assertThat(stream.frameBytes() % width).isZero();
    }

    @Test
    void shouldKnowStreamsByTheirId() {
        assertThat(MediaPoint.Stream.byId("ts")).isEqualTo(MediaPoint.Stream.TS);
        assertThatThrownBy(() -> MediaPoint.Stream.byId("audio"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("video, ts");
    }
}
