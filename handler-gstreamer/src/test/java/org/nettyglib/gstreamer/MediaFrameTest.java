package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MediaFrameTest {
    @Test
    void shouldKeepAllButTheBytesInCopies() {
        ByteBuf bytes = Unpooled.copiedBuffer(new byte[] {1, 2, 3});
        MediaFrame frame = MediaFrame.builder(bytes)
                .pts(3)
                .dts(2)
                .duration(1)
                .flags(MediaFrame.FLAG_HEADER)
                .build();
        List<UnaryOperator<MediaFrame>> copies = List.of(
                MediaFrame::copy,
                MediaFrame::retainedDuplicate,
                MediaFrame::retain,
                same -> same.retain(1).duplicate(),
                same -> same.replace(bytes.retainedSlice()));

        for (UnaryOperator<MediaFrame> copy : copies) {
            MediaFrame other = copy.apply(frame);
            assertThat(other.content()).isEqualTo(bytes);
            assertThat(List.of(other.pts(), other.dts(), other.duration())).containsExactly(3L, 2L, 1L);
            assertThat(other.flags()).isEqualTo(MediaFrame.FLAG_HEADER);
            assertThat(other.isHeader()).isTrue();
            other.release();
        }
        assertThat(frame.release()).isTrue();
    }

    @Test
    void shouldKeepGStreamersOwnFlagsToIt() {
        MediaFrame frame = MediaFrame.builder(Unpooled.EMPTY_BUFFER).flags(~0).build();

        assertThat(frame.flags() & 0xF).isZero();
        assertThat(frame.flags() & 1 << 14).as("GST_BUFFER_FLAG_TAG_MEMORY").isZero();
        assertThat(frame.isGap()).isTrue();
        assertThat(frame.isDiscontinuity()).isTrue();
    }
}
