package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The header that a viewer needs before frames of certain caps, as one frame; none where there are no caps, or no header in them. */
final class StreamHead {
    static final StreamHead NONE = new StreamHead(null, Unpooled.EMPTY_BUFFER);

    private final @Nullable MediaCaps caps;

    /** Of an array, without a pool: it needs no release. */
    private final MediaFrame frame;

    private StreamHead(@Nullable MediaCaps caps, ByteBuf bytes) {
        this.caps = caps;
        frame = MediaFrame.builder(bytes)
                .flags(MediaFrame.FLAG_HEADER)
                .caps(caps)
                .build();
    }

    static StreamHead of(@Nullable MediaCaps caps) {
        if (caps == null) {
            return NONE;
        }
        ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        if (caps.hasStreamHeader()) {
            ByteBuf all = Unpooled.wrappedBuffer(caps.streamHeader().toArray(ByteBuf[]::new));
            bytes = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(all));
        }
        return new StreamHead(caps, bytes);
    }

    @Nullable MediaCaps caps() {
        return caps;
    }

    MediaFrame frame() {
        return frame;
    }

    boolean isEmpty() {
        return !frame.content().isReadable();
    }

    boolean hasSameBytes(StreamHead other) {
        return frame.content().equals(other.frame.content());
    }

    /** {@return whether a frame is a part of this header, which muxers put into the stream as well, whole or in pieces} */
    boolean contains(MediaFrame part) {
        return part.isHeader()
                && part.content().isReadable()
                && part.content().readableBytes() <= frame.content().readableBytes()
                && ByteBufUtil.indexOf(part.content(), frame.content()) >= 0;
    }
}
