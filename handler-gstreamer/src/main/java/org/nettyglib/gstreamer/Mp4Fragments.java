package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes whole frames of a fragmented MP4 whose muxer hands it on in pieces, as mp4mux does: the head of a fragment, that of its samples and
 * each sample are buffers of their own, and their flags do not say where a viewer can begin or what belongs together. Here the stream's
 * header is a frame, and each fragment is one; it is a key frame if its first sample is, except for tracks of which each sample is one
 * where there are others. The header becomes that of the caps. Nothing is copied but the header.
 *
 * <p>What is no fragmented MP4 after all, or is cut in other ways, passes as it is. For one thread at a time.
 *
 * @see <a href="https://www.iso.org/standard/83102.html">ISO/IEC 14496-12, 4.2 and 8.8</a>
 */
final class Mp4Fragments {
    private static final Set<String> MEDIA_TYPES =
            Set.of("video/quicktime", "audio/x-m4a", "application/x-3gp", "video/mj2");

    /** The size and the type of a box. */
    private static final int BOX_HEAD = 8;

    /** A size of so much says that the size is in the 8 bytes after the type. */
    private static final int LARGE = 1;

    /** Version and flags come before the number of the track. */
    private static final int TFHD_TRACK = BOX_HEAD + 4;

    private static final int FTYP = type("ftyp");
    private static final int MOOV = type("moov");
    private static final int MOOF = type("moof");
    private static final int MDAT = type("mdat");
    private static final int TRAF = type("traf");
    private static final int TFHD = type("tfhd");

    /** What else may stand beside these. */
    private static final Set<Integer> OTHERS = Set.of(
            type("styp"),
            type("sidx"),
            type("ssix"),
            type("prft"),
            type("emsg"),
            type("uuid"),
            type("free"),
            type("skip"),
            type("meta"),
            type("pdin"),
            type("mfra"));

    private final Consumer<MediaFrame> frames;
    private final List<MediaFrame> parts = new ArrayList<>();

    /** The tracks that have samples which need others. */
    private final Set<Integer> dependentTracks = new HashSet<>();

    private MediaCaps caps;

    /** What the box that is under way is, and how much of it has not come yet. */
    private int box;

    private long left;

    // Of the fragment that is under way.
    private boolean isFragment;
    private int track;
    private boolean hasSample;
    private boolean beginsDependent;

    private boolean givenUp;

    /** @param frames becomes the owner of what it is given */
    Mp4Fragments(MediaCaps caps, Consumer<MediaFrame> frames) {
        this.caps = caps;
        this.frames = frames;
    }

    private static int type(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    /** {@return whether this is for a stream of certain caps: they do not have its header} */
    static boolean suits(MediaCaps caps) {
        return MEDIA_TYPES.contains(caps.mediaType()) && !caps.hasStreamHeader();
    }

    /** Becomes the owner of a buffer of the stream. */
    void take(MediaFrame part) {
        if (givenUp || !part.content().isReadable()) {
            frames.accept(part);
            return;
        }
        parts.add(part);
        if (!walk(part)) {
            giveUp();
        }
    }

    /** {@return whether the boxes in it are what they have to be} */
    private boolean walk(MediaFrame part) {
        ByteBuf bytes = part.content();
        int index = bytes.readerIndex();
        int end = bytes.writerIndex();
        if (left > 0) {
            sample(part);
        }
        while (index < end) {
            if (left == 0 && !begin(bytes, index)) {
                return false;
            }
            int here = (int) Math.min(left, end - index);
            index += here;
            left -= here;
            if (left == 0 && (box == MOOV || box == MDAT)) {
                // Frames are made of whole buffers.
                if (index < end) {
                    return false;
                }
                complete(part);
            }
        }
        return true;
    }

    private boolean begin(ByteBuf bytes, int index) {
        int there = bytes.writerIndex() - index;
        if (there < BOX_HEAD) {
            return false;
        }
        left = bytes.getUnsignedInt(index);
        box = bytes.getInt(index + Integer.BYTES);
        if (left == LARGE) {
            left = there < BOX_HEAD + Long.BYTES ? 0 : bytes.getLong(index + BOX_HEAD);
        }
        if (left < BOX_HEAD) {
            return false;
        }
        if (box == MOOF) {
            isFragment = true;
            track = track(bytes, index + BOX_HEAD, index + (int) Math.min(left, there));
        }
        return box == MDAT ? isFragment : box == FTYP || box == MOOV || box == MOOF || OTHERS.contains(box);
    }

    /** {@return the number of the track that boxes are about, 0 if they do not say} */
    private static int track(ByteBuf bytes, int begin, int end) {
        int index = begin;
        while (end - index >= BOX_HEAD) {
            int type = bytes.getInt(index + Integer.BYTES);
            if (type == TFHD && end - index >= TFHD_TRACK + Integer.BYTES) {
                return bytes.getInt(index + TFHD_TRACK);
            }
            long size = type == TRAF ? BOX_HEAD : bytes.getUnsignedInt(index);
            if (size < BOX_HEAD || size > end - index) {
                return 0;
            }
            index += (int) size;
        }
        return 0;
    }

    /** A buffer that begins inside a box. */
    private void sample(MediaFrame part) {
        if (box != MDAT) {
            return;
        }
        if (!hasSample) {
            hasSample = true;
            beginsDependent = !part.isKeyFrame();
        }
        if (!part.isKeyFrame()) {
            dependentTracks.add(track);
        }
    }

    private void complete(MediaFrame last) {
        if (box == MOOV) {
            MediaFrame header = join(MediaFrame.FLAG_HEADER);
            caps = caps.withStreamHeader(ByteBufUtil.getBytes(header.content()));
            frames.accept(new MediaFrame(
                    header.content(), header.pts(), header.dts(), header.duration(), header.flags(), caps));
        } else {
            boolean isDelta = hasSample ? beginsDependent : !last.isKeyFrame();
            boolean isOther = !dependentTracks.isEmpty() && !dependentTracks.contains(track);
            frames.accept(join(isDelta || isOther ? MediaFrame.FLAG_DELTA_UNIT : 0));
        }
        isFragment = false;
        hasSample = false;
    }

    /** One frame of what has come. */
    private MediaFrame join(int flags) {
        CompositeByteBuf all = new CompositeByteBuf(UnpooledByteBufAllocator.DEFAULT, true, Math.max(2, parts.size()));
        long pts = MediaFrame.NONE;
        long dts = MediaFrame.NONE;
        long duration = MediaFrame.NONE;
        int allFlags = flags;
        for (MediaFrame part : parts) {
            all.addComponent(true, part.content());
            pts = pts == MediaFrame.NONE ? part.pts() : pts;
            dts = dts == MediaFrame.NONE ? part.dts() : dts;
            if (part.duration() != MediaFrame.NONE) {
                duration = Math.max(duration, 0) + part.duration();
            }
            allFlags |= part.flags() & MediaFrame.FLAG_DISCONT;
        }
        parts.clear();
        return new MediaFrame(all.asReadOnly(), pts, dts, duration, allFlags, caps);
    }

    private void giveUp() {
        givenUp = true;
        parts.forEach(frames);
        parts.clear();
    }

    /** The stream ends here, or was cut off. Another may follow. */
    void end() {
        if (left == 0 && !isFragment && !parts.isEmpty()) {
            // About the fragments before.
            frames.accept(join(MediaFrame.FLAG_DELTA_UNIT));
        }
        release();
        left = 0;
        isFragment = false;
        hasSample = false;
        dependentTracks.clear();
        givenUp = false;
    }

    /** Nobody wants it any more. */
    void release() {
        parts.forEach(MediaFrame::release);
        parts.clear();
    }
}
