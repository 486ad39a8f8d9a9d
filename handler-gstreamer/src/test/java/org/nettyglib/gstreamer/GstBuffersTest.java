package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.freedesktop.gstreamer.gst.Buffer;
import org.freedesktop.gstreamer.gst.Caps;
import org.freedesktop.gstreamer.gst.Sample;
import org.javagi.interop.MemoryCleaner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.ffi.LibGstBuffer;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;

/** Buffers of one side as those of the other: the same memory, given back once. */
class GstBuffersTest {
    private static final byte[] BYTES = "A picture is worth a thousand bytes.".getBytes(StandardCharsets.US_ASCII);

    /** The leak detector's buffers are wrappers, and one cannot know who else has the memory of a wrapped one. */
    private static final ByteBufAllocator UNWATCHED = new UnpooledByteBufAllocator(true, true);

    private int lentBefore;

    @BeforeAll
    static void start() {
        GStreamer.init();
    }

    @BeforeEach
    void count() {
        lentBefore = WrappedBytes.lent();
    }

    @AfterEach
    void shouldHaveGivenAllBack() {
        // What others had left behind may have gone meanwhile.
        assertThat(WrappedBytes.lent()).isLessThanOrEqualTo(lentBefore);
    }

    private static ByteBuf direct() {
        return ByteBufAllocator.DEFAULT.directBuffer(BYTES.length).writeBytes(BYTES);
    }

    @Test
    void shouldLendTheMemoryOfADirectBuffer() {
        ByteBuf bytes = direct();
        bytes.skipBytes(2);

        long buffer = GstBuffers.wrap(bytes);

        assertThat(bytes.refCnt()).isEqualTo(1);
        ByteBuf seen = GstBuffers.map(buffer);
        bytes.setByte(3, 'P');
        assertThat(seen.toString(StandardCharsets.US_ASCII)).isEqualTo("pPcture is worth a thousand bytes.");
        seen.release();
        LibGstMiniObject.gst_mini_object_unref(buffer);
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void shouldCopyAnArray() {
        ByteBuf bytes = Unpooled.copiedBuffer(BYTES);

        long buffer = GstBuffers.wrap(bytes);

        assertThat(bytes.refCnt()).isZero();
        assertThat(content(buffer)).isEqualTo(BYTES);
        LibGstMiniObject.gst_mini_object_unref(buffer);
    }

    @Test
    void shouldLendTheComponentsOfAComposite() {
        CompositeByteBuf bytes = ByteBufAllocator.DEFAULT.compositeDirectBuffer();
        ByteBuf tail = direct();
        bytes.addComponent(true, direct()).addComponent(true, tail);

        long buffer = GstBuffers.wrap(bytes);

        assertThat(LibGstBuffer.gst_buffer_n_memory(buffer)).isEqualTo(2);
        assertThat(content(buffer)).startsWith(BYTES).endsWith(BYTES).hasSize(2 * BYTES.length);
        LibGstMiniObject.gst_mini_object_unref(buffer);
        assertThat(tail.refCnt()).isZero();
    }

    @Test
    void shouldMergeACompositeOfMoreComponentsThanABufferTakes() {
        int parts = LibGstBuffer.gst_buffer_get_max_memory() + 1;
        CompositeByteBuf bytes = ByteBufAllocator.DEFAULT.compositeDirectBuffer(parts);
        for (int i = 0; i < parts; i++) {
            bytes.addComponent(true, direct());
        }

        long buffer = GstBuffers.wrap(bytes);

        assertThat(bytes.refCnt()).isZero();
        assertThat(content(buffer)).startsWith(BYTES).hasSize(parts * BYTES.length);
        LibGstMiniObject.gst_mini_object_unref(buffer);
    }

    @Test
    void shouldMakeAnEmptyBuffer() {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();

        long buffer = GstBuffers.wrap(bytes);

        assertThat(bytes.refCnt()).isZero();
        assertThat(LibGstBuffer.gst_buffer_n_memory(buffer)).isZero();
        assertThat(content(buffer)).isEmpty();
        LibGstMiniObject.gst_mini_object_unref(buffer);
    }

    /** GStreamer changes a picture in place where it may. */
    @Test
    void shouldProtectWhatOthersHave() {
        ByteBuf own = UNWATCHED.directBuffer().writeBytes(BYTES);
        ByteBuf shared = UNWATCHED.directBuffer().writeBytes(BYTES);

        assertThat(isWritable(shared.retain())).as("two references").isFalse();
        assertThat(isWritable(shared.retainedDuplicate())).as("duplicate").isFalse();
        assertThat(isWritable(shared.retain().asReadOnly())).as("read-only").isFalse();
        shared.release();
        assertThat(isWritable(own)).as("nobody else's").isTrue();
    }

    private static boolean isWritable(ByteBuf bytes) {
        long buffer = GstBuffers.wrap(bytes);
        try {
            return LibGstBuffer.isWritable(buffer);
        } finally {
            LibGstMiniObject.gst_mini_object_unref(buffer);
        }
    }

    @Test
    void shouldKeepTheBufferUntilTheLastReference() {
        ByteBuf bytes = direct();
        long buffer = GstBuffers.wrap(bytes);

        ByteBuf seen = GstBuffers.map(buffer);
        ByteBuf viewer = seen.retainedDuplicate();
        ByteBuf slice = seen.retainedSlice(2, 7);
        LibGstMiniObject.gst_mini_object_unref(buffer);
        seen.release();
        viewer.release();

        assertThat(bytes.refCnt()).isEqualTo(1);
        assertThat(slice.toString(StandardCharsets.US_ASCII)).isEqualTo("picture");
        slice.release();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void shouldBeReleasedOnAnyThread() throws InterruptedException {
        ByteBuf bytes = direct();
        long buffer = GstBuffers.wrap(bytes);
        ByteBuf seen = GstBuffers.map(buffer);
        LibGstMiniObject.gst_mini_object_unref(buffer);

        Thread thread = Thread.ofPlatform().start(seen::release);
        thread.join();

        assertThat(bytes.refCnt()).isZero();
    }

    /** GStreamer counts the mappings of a memory in eight bits: with one more it was never given back, after a critical. */
    @Test
    void shouldBeMappedMoreOftenThanGStreamerCounts() {
        ByteBuf bytes = direct();
        long buffer = GstBuffers.wrap(bytes);
        List<ByteBuf> seen = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            seen.add(GstBuffers.map(buffer));
        }
        LibGstMiniObject.gst_mini_object_unref(buffer);

        assertThat(seen)
                .allSatisfy(each -> assertThat(ByteBufUtil.getBytes(each)).isEqualTo(BYTES));
        seen.forEach(ByteBuf::release);
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void shouldBeReadOnly() {
        long buffer = GstBuffers.wrap(direct());
        ByteBuf seen = GstBuffers.map(buffer);

        assertThat(seen.isReadOnly()).isTrue();
        assertThat(seen.nioBuffer().isReadOnly()).isTrue();
        assertThat(seen.retainedDuplicate().isReadOnly()).isTrue();
        assertThatThrownBy(() -> seen.setByte(0, 1)).isInstanceOf(RuntimeException.class);

        seen.release(2);
        LibGstMiniObject.gst_mini_object_unref(buffer);
    }

    @Test
    void shouldWriteIntoABufferOfTheCallersAlone() {
        Buffer buffer = GstBuffers.toBuffer(UNWATCHED.directBuffer().writeBytes(BYTES));

        ByteBuf seen = GstBuffers.toByteBuf(buffer);
        assertThat(seen.isReadOnly()).isFalse();
        seen.setByte(0, 'a');
        ByteBuf second = GstBuffers.toByteBuf(buffer);
        assertThat(second.isReadOnly()).as("the first has it now").isTrue();

        seen.release();
        second.release();
        free(buffer);
    }

    @Test
    void shouldKeepTimesAndFlags() {
        MediaFrame frame = MediaFrame.builder(direct())
                .pts(40_000_000)
                .dts(20_000_000)
                .duration(1_000_000)
                .flags(MediaFrame.FLAG_DELTA_UNIT | MediaFrame.FLAG_MARKER)
                .build();

        long buffer = GstBuffers.wrap(frame);
        MediaFrame seen = GstBuffers.frame(buffer, null);

        assertThat(seen.pts()).isEqualTo(40_000_000);
        assertThat(seen.dts()).isEqualTo(20_000_000);
        assertThat(seen.duration()).isEqualTo(1_000_000);
        assertThat(seen.isKeyFrame()).isFalse();
        assertThat(seen.isMarker()).isTrue();
        assertThat(seen.isHeader()).isFalse();
        assertThat(ByteBufUtil.getBytes(seen.content())).isEqualTo(BYTES);
        seen.release();
        LibGstMiniObject.gst_mini_object_unref(buffer);
    }

    @Test
    void shouldHaveNoTimesUnlessTold() {
        Buffer buffer = GstBuffers.toBuffer(direct());
        MediaFrame seen = GstBuffers.frame(buffer.handle().address(), null);

        assertThat(seen.pts()).isEqualTo(MediaFrame.NONE);
        assertThat(seen.dts()).isEqualTo(MediaFrame.NONE);
        assertThat(seen.duration()).isEqualTo(MediaFrame.NONE);
        assertThat(seen.isKeyFrame()).isTrue();
        seen.release();
        free(buffer);
    }

    @Test
    void shouldReadASample() {
        Buffer buffer = GstBuffers.toBuffer(MediaFrame.builder(direct()).pts(7).build());
        Sample sample = new Sample(buffer, Caps.fromString("text/x-raw,format=utf8"), null, null);

        MediaFrame seen = GstBuffers.toFrame(sample);

        assertThat(seen.pts()).isEqualTo(7);
        assertThat(seen.caps()).isEqualTo(MediaCaps.of("text/x-raw,format=utf8"));
        seen.release();
        MemoryCleaner.free(sample.handle());
        free(buffer);
    }

    @Test
    void shouldSayThatASampleHasNoBuffer() {
        Sample sample = new Sample(null, null, null, null);

        assertThatThrownBy(() -> GstBuffers.toFrame(sample))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no buffer");
    }

    /** What java-gi's object held is freed by the collector. */
    @Test
    void shouldBeFreedAsGarbage() throws InterruptedException {
        ByteBuf bytes = direct();
        GstBuffers.toBuffer(bytes);

        Await.until(
                () -> {
                    System.gc();
                    return bytes.refCnt() == 0;
                },
                () -> "references: " + bytes.refCnt());
    }

    private static void free(Buffer buffer) {
        MemoryCleaner.free(buffer.handle());
    }

    private static byte[] content(long buffer) {
        ByteBuf seen = GstBuffers.map(buffer);
        try {
            return ByteBufUtil.getBytes(seen);
        } finally {
            seen.release();
        }
    }
}
