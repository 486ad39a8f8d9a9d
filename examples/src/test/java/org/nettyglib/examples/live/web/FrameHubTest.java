package org.nettyglib.examples.live.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FrameHubTest {

    private final FrameHub hub = new FrameHub(UnpooledByteBufAllocator.DEFAULT);

    @Test
    void shouldEndEachPictureWithTheBoundary() {
        EmbeddedChannel channel = new EmbeddedChannel(new Viewer(hub, "test"));

        hub.frame(ByteBuffer.wrap(new byte[] {'J', 'P', 'G'}));

        ByteBuf part = channel.readOutbound();
        assertThat(part.toString(StandardCharsets.US_ASCII))
                .isEqualTo("Content-Type: image/jpeg\r\nContent-Length: 3\r\n\r\nJPG\r\n--netty-on-glib\r\n");
        part.release();
        hub.close();
        assertThat(part.refCnt()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldShowANewViewerTheLastPicture() {
        hub.frame(ByteBuffer.wrap(new byte[] {'A'}));
        hub.frame(ByteBuffer.wrap(new byte[] {'B'}));

        EmbeddedChannel channel = new EmbeddedChannel(new Viewer(hub, "late"));

        assertThat(written(channel)).contains("\r\n\r\nB\r\n--");
        // Chromium shows it when the next one begins.
        assertThat(written(channel)).contains("\r\n\r\nB\r\n--");
        assertThat(channel.<Object>readOutbound()).isNull();
        hub.close();
        channel.finishAndReleaseAll();
    }

    /** Chromium shows a picture when the next one begins, and after the last one before a pause none does. */
    @Test
    void shouldRepeatTheLastPictureOnceWhenNoOtherComes() {
        EmbeddedChannel channel = new EmbeddedChannel(new Viewer(hub, "test"));
        hub.frame(ByteBuffer.wrap(new byte[] {'A'}));
        assertThat(written(channel)).contains("\r\n\r\nA\r\n--");

        hub.repeat();
        assertThat(channel.<Object>readOutbound()).as("too early").isNull();
        hub.repeat();
        assertThat(written(channel)).contains("\r\n\r\nA\r\n--");
        hub.repeat();
        assertThat(channel.<Object>readOutbound()).as("a second time").isNull();

        assertThat(hub.frames()).isEqualTo(1);
        hub.close();
        channel.finishAndReleaseAll();
    }

    private static String written(EmbeddedChannel channel) {
        ByteBuf part = channel.readOutbound();
        try {
            return part.toString(StandardCharsets.US_ASCII);
        } finally {
            part.release();
        }
    }

    @Test
    void shouldGiveTheLastPictureAlone() {
        assertThat(hub.newestJpeg()).isNull();
        hub.frame(ByteBuffer.wrap(new byte[] {'A', 'B'}));

        ByteBuf jpeg = Objects.requireNonNull(hub.newestJpeg());

        assertThat(jpeg.toString(StandardCharsets.US_ASCII)).isEqualTo("AB");
        jpeg.release();
        hub.close();
    }
}
