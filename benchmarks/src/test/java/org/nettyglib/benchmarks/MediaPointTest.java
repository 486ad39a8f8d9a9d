package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaPointTest {

    private static final MediaPoint MANY = new MediaPoint(MediaPoint.Stream.VIDEO, 60, 256);
    private static final MediaPoint LIVE = new MediaPoint(MediaPoint.Stream.VIDEO, 60, 1);
    private static final MediaPoint FAST = new MediaPoint(MediaPoint.Stream.TS, 2_000, 1);

    @Test
    void shouldSayWhatIsSentToHowMany() {
        assertThat(MANY).hasToString("video, 16,400 B × 60/s, 256 clients");
        assertThat(LIVE).hasToString("live video, 16,400 B × 60/s, 1 client");
        assertThat(FAST).hasToString("ts, 1,316 B × 2,000/s, 1 client");
    }

    @Test
    void shouldTellWhereSendingIsTheWork() {
        assertThat(MediaPoint.ALL).filteredOn(MediaPoint::isBusy).contains(MANY).doesNotContain(LIVE);
    }

    @Test
    void shouldGetWarmWithoutMoreThanAnyServerCanSend() {
        assertThat(LIVE.warmUp()).isEqualTo(MANY);
        assertThat(MediaPoint.ALL)
                .doesNotHaveDuplicates()
                .allSatisfy(point -> assertThat(point.warmUp().clients() * point.framesPerSecond())
                        .isLessThanOrEqualTo(MediaPoint.FRAMES_TO_ALL));
    }

    /** A GRAY8 picture has lines of a multiple of four bytes, see GstVideoInfo: otherwise a frame is larger than it says. */
    @ParameterizedTest
    @EnumSource
    void shouldHaveFramesWithoutPadding(MediaPoint.Stream stream) {
        String source = new MediaPoint(stream, 60, 1).source();
        int width = Integer.parseInt(source.replaceAll(".*width=(\\d+).*", "$1"));
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
