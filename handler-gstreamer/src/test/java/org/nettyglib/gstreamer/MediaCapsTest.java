package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MediaCapsTest {
    @BeforeAll
    static void start() {
        GStreamer.init();
    }

    @Test
    void shouldReadWhatGStreamerReads() {
        MediaCaps caps = MediaCaps.of("video/x-raw,width=320,height=240");

        assertThat(caps.mediaType()).isEqualTo("video/x-raw");
        assertThat(caps.streamHeader()).isEmpty();
        assertThat(caps.hasStreamHeader()).isFalse();
        assertThat(caps).hasToString("video/x-raw, width=(int)320, height=(int)240");
        assertThat(caps).isEqualTo(MediaCaps.of("video/x-raw, width=320, height=240"));
    }

    @Test
    void shouldCopyTheStreamHeader() {
        MediaCaps caps = MediaCaps.of("video/webm,streamheader=(buffer)<1a45dfa3,0102>");

        assertThat(caps.streamHeader()).hasSize(2);
        assertThat(ByteBufUtil.hexDump(caps.streamHeader().getFirst())).isEqualTo("1a45dfa3");
        assertThat(ByteBufUtil.hexDump(caps.streamHeader().get(1))).isEqualTo("0102");
        assertThat(caps.streamHeader().getFirst().isReadOnly()).isTrue();
        assertThat(MediaCaps.of(caps.toString()).streamHeader()).isEqualTo(caps.streamHeader());
    }

    @Test
    void shouldCopyAStreamHeaderOfOneBuffer() {
        assertThat(MediaCaps.of("video/webm,streamheader=(buffer)1a45dfa3").streamHeader())
                .containsExactly(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("1a45dfa3")));
    }

    @Test
    void shouldPassOverAStreamHeaderOfSomethingElse() {
        assertThat(MediaCaps.of("video/webm,streamheader=(int)5").streamHeader())
                .isEmpty();
    }

    @Test
    void shouldKnowCapsWithoutAMediaType() {
        assertThat(MediaCaps.of("ANY").mediaType()).isEqualTo("ANY");
    }

    @Test
    void shouldSayThatATextIsNone() {
        assertThatThrownBy(() -> MediaCaps.of("320 by 240"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("320 by 240")
                .hasMessageContaining("media type");
    }
}
