package org.nettyglib.examples.live.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.gstreamer.MediaFrame;

class FrameHubTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new Viewer("test"));
    private final FrameHub hub = new FrameHub(channel.eventLoop(), new ThreadLedger());

    @AfterEach
    void close() {
        hub.close();
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldEndEachPictureWithTheBoundary() {
        MediaFrame frame = jpeg("JPG");

        ByteBuf part = FrameHub.encode(channel, frame);

        assertThat(part.toString(StandardCharsets.US_ASCII))
                .isEqualTo("Content-Type: image/jpeg\r\nContent-Length: 3\r\n\r\nJPG\r\n--netty-on-glib\r\n");
        part.release();
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
        assertThat(hub.viewers()).isEmpty();
        assertThat(Objects.requireNonNull(Viewer.of(channel)).sent()).isEqualTo(1);
    }

    @Test
    void shouldShowANewViewerTheLastPicture() {
        show("A");
        show("B");

        hub.add(channel);

        assertThat(written()).contains("\r\n\r\nB\r\n--");
        // Chromium shows it when the next one begins.
        assertThat(written()).contains("\r\n\r\nB\r\n--");
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    /** Chromium shows a picture when the next one begins, and after the last one before a pause none does. */
    @Test
    void shouldRepeatTheLastPictureOnceWhenNoOtherComes() {
        hub.add(channel);
        show("A");

        hub.repeat();
        assertThat(channel.<Object>readOutbound()).as("too early").isNull();
        hub.repeat();
        assertThat(written()).contains("\r\n\r\nA\r\n--");
        hub.repeat();
        assertThat(channel.<Object>readOutbound()).as("a second time").isNull();

        assertThat(hub.frames()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheLastPictureAlone() {
        assertThat(hub.newestJpeg()).isNull();
        MediaFrame frame = jpeg("AB");
        hub.frame(frame);

        ByteBuf jpeg = Objects.requireNonNull(hub.newestJpeg());

        assertThat(jpeg.toString(StandardCharsets.US_ASCII)).isEqualTo("AB");
        jpeg.release();
        hub.close();
        assertThat(frame.refCnt()).as("references but the test's own").isEqualTo(1);
        frame.release();
    }

    /** As a source does it. */
    private void show(String picture) {
        MediaFrame frame = jpeg(picture);
        hub.frame(frame);
        frame.release();
    }

    private static MediaFrame jpeg(String picture) {
        return MediaFrame.builder(ByteBufUtil.writeAscii(UnpooledByteBufAllocator.DEFAULT, picture))
                .build();
    }

    private String written() {
        ByteBuf part = channel.readOutbound();
        try {
            return part.toString(StandardCharsets.US_ASCII);
        } finally {
            part.release();
        }
    }
}
