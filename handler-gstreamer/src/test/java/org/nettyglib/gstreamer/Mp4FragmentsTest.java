package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Boxes of MP4 in the pieces in which muxers hand them on. */
class Mp4FragmentsTest {
    private static final int VIDEO = 1;
    private static final int AUDIO = 2;

    private final MediaCaps caps = MediaCaps.of("video/quicktime, variant=(string)iso");
    private final List<MediaFrame> frames = new ArrayList<>();
    private final List<MediaFrame> given = new ArrayList<>();
    private final Mp4Fragments fragments = new Mp4Fragments(caps, frames::add);

    @AfterEach
    void shouldGiveEverythingBack() {
        frames.forEach(MediaFrame::release);
        fragments.release();
        assertThat(given).allSatisfy(part -> assertThat(part.refCnt()).isZero());
    }

    private static ByteBuf box(String type, ByteBuf... children) {
        ByteBuf content = Unpooled.wrappedBuffer(children);
        ByteBuf box = Unpooled.buffer();
        box.writeInt(8 + content.readableBytes());
        box.writeCharSequence(type, StandardCharsets.US_ASCII);
        return box.writeBytes(content);
    }

    private static ByteBuf moof(int track) {
        ByteBuf tfhd = box("tfhd", Unpooled.copyInt(0, track));
        return box("moof", box("mfhd", Unpooled.copyInt(0, 1)), box("traf", tfhd));
    }

    /** The head of a box whose content comes in other buffers. */
    private static ByteBuf mdatHead(int contentLength) {
        return box("mdat").setInt(0, 8 + contentLength);
    }

    private static ByteBuf sample(int length) {
        return Unpooled.buffer().writeZero(length);
    }

    private void take(ByteBuf bytes, int flags) {
        MediaFrame part = MediaFrame.builder(bytes).flags(flags).caps(caps).build();
        given.add(part);
        fragments.take(part);
    }

    private void takeHeader() {
        take(box("ftyp", Unpooled.copyInt(42)), 0);
        take(box("moov", box("trak"), box("mvex")), 0);
    }

    private void takeFragment(int track, int... flags) {
        take(moof(track), 0);
        take(mdatHead(10 * flags.length), 0);
        for (int sampleFlags : flags) {
            take(sample(10), sampleFlags);
        }
    }

    private List<Boolean> keys() {
        return frames.stream().map(MediaFrame::isKeyFrame).toList();
    }

    @Test
    void shouldKnowItsStreams() {
        assertThat(Mp4Fragments.suits(caps)).isTrue();
        assertThat(Mp4Fragments.suits(caps.withStreamHeader(new byte[1]))).isFalse();
        assertThat(Mp4Fragments.suits(MediaCaps.of("video/webm"))).isFalse();
    }

    @Test
    void shouldFindTheHeader() {
        take(box("ftyp", Unpooled.copyInt(42)), 0);
        assertThat(frames).isEmpty();
        take(box("moov", box("trak")), 0);
        MediaFrame header = frames.getFirst();
        assertThat(header.isHeader()).isTrue();
        assertThat(header.content())
                .isEqualTo(Unpooled.wrappedBuffer(box("ftyp", Unpooled.copyInt(42)), box("moov", box("trak"))));
        MediaCaps found = Objects.requireNonNull(header.caps());
        assertThat(Unpooled.wrappedBuffer(found.streamHeader().toArray(ByteBuf[]::new)))
                .isEqualTo(header.content());
        takeFragment(VIDEO, 0);
        assertThat(frames.getLast().caps()).isSameAs(found);
    }

    @Test
    void shouldMakeOneFrameOfAFragment() {
        takeHeader();
        fragments.take(part(moof(VIDEO), MediaFrame.NONE, MediaFrame.NONE));
        fragments.take(part(mdatHead(20), MediaFrame.NONE, MediaFrame.NONE));
        fragments.take(part(sample(10), 1000, 40));
        assertThat(frames).hasSize(1);
        fragments.take(part(sample(10), 1040, 40));
        MediaFrame fragment = frames.getLast();
        assertThat(fragment.content()).isEqualTo(Unpooled.wrappedBuffer(moof(VIDEO), mdatHead(20), sample(20)));
        assertThat(fragment.pts()).isEqualTo(1000);
        assertThat(fragment.dts()).isEqualTo(1000);
        assertThat(fragment.duration()).isEqualTo(80);
        assertThat(fragment.isHeader()).isFalse();
    }

    private MediaFrame part(ByteBuf bytes, long pts, long duration) {
        MediaFrame part = MediaFrame.builder(bytes)
                .pts(pts)
                .dts(pts)
                .duration(duration)
                .flags(MediaFrame.FLAG_HEADER)
                .caps(caps)
                .build();
        given.add(part);
        return part;
    }

    @Test
    void shouldBeginWithTheFirstSampleOfAFragment() {
        takeHeader();
        takeFragment(VIDEO, 0, MediaFrame.FLAG_DELTA_UNIT);
        takeFragment(VIDEO, MediaFrame.FLAG_DELTA_UNIT, 0);
        takeFragment(VIDEO, 0);
        assertThat(keys()).containsExactly(true, true, false, true);
    }

    @Test
    void shouldBeginWithAPictureWhereThereAreSome() {
        takeHeader();
        takeFragment(AUDIO, 0, 0);
        takeFragment(VIDEO, 0, MediaFrame.FLAG_DELTA_UNIT);
        takeFragment(AUDIO, 0, 0);
        takeFragment(VIDEO, 0);
        assertThat(keys())
                .as("what depends on nothing is known from then on")
                .containsExactly(true, true, true, false, true);
    }

    @Test
    void shouldTakeAWholeFragmentInOneBuffer() {
        take(Unpooled.wrappedBuffer(box("ftyp"), box("moov")), 0);
        take(Unpooled.wrappedBuffer(box("styp"), moof(VIDEO), box("mdat", sample(5))), MediaFrame.FLAG_DELTA_UNIT);
        assertThat(keys()).containsExactly(true, false);
    }

    @Test
    void shouldTakeALargeBox() {
        takeHeader();
        take(moof(VIDEO), 0);
        ByteBuf large = Unpooled.buffer().writeInt(1);
        large.writeCharSequence("mdat", StandardCharsets.US_ASCII);
        take(large.writeLong(16 + 10), 0);
        take(sample(10), MediaFrame.FLAG_DELTA_UNIT);
        assertThat(frames).hasSize(2);
        assertThat(frames.getLast().isKeyFrame()).isFalse();
    }

    @Test
    void shouldPassOnWhatComesAfterTheLastFragment() {
        takeHeader();
        takeFragment(VIDEO, 0);
        take(box("mfra", sample(3)), 0);
        assertThat(frames).hasSize(2);
        fragments.end();
        assertThat(frames).hasSize(3);
        assertThat(frames.getLast().isKeyFrame()).isFalse();
        assertThat(frames.getLast().content()).isEqualTo(box("mfra", sample(3)));
    }

    /** The pipeline was stopped and plays again. */
    @Test
    void shouldDropHalfAFragment() {
        takeHeader();
        take(moof(VIDEO), 0);
        take(mdatHead(20), 0);
        take(sample(10), 0);
        fragments.end();
        takeHeader();
        takeFragment(VIDEO, 0);
        assertThat(frames).extracting(MediaFrame::isHeader).containsExactly(true, true, false);
    }

    @Test
    void shouldPassOnWhatIsNoFragmentedMp4() {
        List<ByteBuf> pieces = List.of(box("ftyp"), mdatHead(20), sample(10), sample(10), box("moov"));
        pieces.forEach(piece -> take(piece, 0));
        assertPassedOn(pieces);
    }

    @Test
    void shouldPassOnWhatHasNoBoxes() {
        List<ByteBuf> pieces = List.of(
                Unpooled.copiedBuffer("GARBAGE, and more", StandardCharsets.US_ASCII),
                Unpooled.buffer().writeZero(20));
        pieces.forEach(piece -> take(piece, 0));
        assertPassedOn(pieces);
    }

    @Test
    void shouldPassOnPiecesThatEndInsideOfABoxsHead() {
        ByteBuf all = Unpooled.wrappedBuffer(box("ftyp"), box("moov"), moof(VIDEO));
        List<ByteBuf> pieces = List.of(all.copy(0, 12), all.copy(12, all.readableBytes() - 12));
        pieces.forEach(piece -> take(piece, 0));
        assertPassedOn(pieces);
    }

    @Test
    void shouldPassOnPiecesThatEndBesideAFragment() {
        takeHeader();
        List<ByteBuf> pieces = List.of(
                Unpooled.wrappedBuffer(moof(VIDEO), box("mdat", sample(5)), moof(VIDEO)), box("mdat", sample(5)));
        pieces.forEach(piece -> take(piece, 0));
        frames.removeFirst().release();
        assertPassedOn(pieces);
    }

    private void assertPassedOn(List<ByteBuf> pieces) {
        assertThat(frames)
                .extracting(frame -> ByteBufUtil.hexDump(frame.content()))
                .isEqualTo(pieces.stream().map(ByteBufUtil::hexDump).toList());
    }
}
