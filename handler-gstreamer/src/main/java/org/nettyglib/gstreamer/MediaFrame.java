package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.StringUtil;
import org.jspecify.annotations.Nullable;

/**
 * A piece of media: bytes, when they are to be shown, and what is known of them. It comes out of a pipeline by {@link AppSinkSource}
 * and goes into one by {@link AppSrcHandler}. The bytes are reference-counted, as those of every {@link DefaultByteBufHolder}.
 *
 * <p>Times are nanoseconds of the stream's clock, as GStreamer counts, or {@link #NONE}.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstbuffer.html">GstBuffer</a>
 */
public final class MediaFrame extends DefaultByteBufHolder {
    /** No time is known: {@code GST_CLOCK_TIME_NONE}. */
    public static final long NONE = -1;

    /** {@code GST_BUFFER_FLAG_DISCONT}: something is missing before this frame. */
    public static final int FLAG_DISCONT = 1 << 6;

    /** {@code GST_BUFFER_FLAG_CORRUPTED}: the bytes are damaged. */
    public static final int FLAG_CORRUPTED = 1 << 8;

    /** {@code GST_BUFFER_FLAG_MARKER}: its meaning is the media's, for RTP the last packet of a picture. */
    public static final int FLAG_MARKER = 1 << 9;

    /** {@code GST_BUFFER_FLAG_HEADER}: a part of the stream's header. */
    public static final int FLAG_HEADER = 1 << 10;

    /** {@code GST_BUFFER_FLAG_GAP}: made up to fill a gap. */
    public static final int FLAG_GAP = 1 << 11;

    /** {@code GST_BUFFER_FLAG_DROPPABLE}: nothing else needs it. */
    public static final int FLAG_DROPPABLE = 1 << 12;

    /** {@code GST_BUFFER_FLAG_DELTA_UNIT}: of no use without the frames before it. */
    public static final int FLAG_DELTA_UNIT = 1 << 13;

    /** What a frame passes on. The others are GStreamer's own: its pools', its memory's. */
    private static final int FLAGS =
            FLAG_DISCONT | FLAG_CORRUPTED | FLAG_MARKER | FLAG_HEADER | FLAG_GAP | FLAG_DROPPABLE | FLAG_DELTA_UNIT;

    private final long pts;
    private final long dts;
    private final long duration;
    private final int flags;
    private final @Nullable MediaCaps caps;

    MediaFrame(ByteBuf content, long pts, long dts, long duration, int flags, @Nullable MediaCaps caps) {
        super(content);
        this.pts = pts;
        this.dts = dts;
        this.duration = duration;
        this.flags = flags & FLAGS;
        this.caps = caps;
    }

    /**
     * Begins a frame.
     *
     * @param content its bytes, whose reference becomes the frame's
     * @return without times, flags and caps
     */
    public static Builder builder(ByteBuf content) {
        return new Builder(content);
    }

    /** {@return when the frame is to be shown, in nanoseconds, or {@link #NONE}} */
    public long pts() {
        return pts;
    }

    /** {@return when the frame is to be decoded, in nanoseconds, or {@link #NONE}} */
    public long dts() {
        return dts;
    }

    /** {@return how long it lasts, in nanoseconds, or {@link #NONE}} */
    public long duration() {
        return duration;
    }

    /** {@return the {@code FLAG_…}s that are set} */
    public int flags() {
        return flags;
    }

    /** {@return whether a decoder can begin here: {@link #FLAG_DELTA_UNIT} is not set} */
    public boolean isKeyFrame() {
        return (flags & FLAG_DELTA_UNIT) == 0;
    }

    /** {@return whether {@link #FLAG_HEADER} is set} */
    public boolean isHeader() {
        return (flags & FLAG_HEADER) != 0;
    }

    /** {@return whether {@link #FLAG_DISCONT} is set} */
    public boolean isDiscontinuity() {
        return (flags & FLAG_DISCONT) != 0;
    }

    /** {@return whether {@link #FLAG_MARKER} is set} */
    public boolean isMarker() {
        return (flags & FLAG_MARKER) != 0;
    }

    /** {@return whether {@link #FLAG_GAP} is set} */
    public boolean isGap() {
        return (flags & FLAG_GAP) != 0;
    }

    /** {@return what kind of media it is; null if that is not known} */
    public @Nullable MediaCaps caps() {
        return caps;
    }

    @Override
    public MediaFrame copy() {
        return replace(content().copy());
    }

    @Override
    public MediaFrame duplicate() {
        return replace(content().duplicate());
    }

    @Override
    public MediaFrame retainedDuplicate() {
        return replace(content().retainedDuplicate());
    }

    @Override
    public MediaFrame replace(ByteBuf content) {
        return new MediaFrame(content, pts, dts, duration, flags, caps);
    }

    @Override
    public MediaFrame retain() {
        super.retain();
        return this;
    }

    @Override
    public MediaFrame retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public MediaFrame touch() {
        super.touch();
        return this;
    }

    @Override
    public MediaFrame touch(Object hint) {
        super.touch(hint);
        return this;
    }

    @Override
    public String toString() {
        return StringUtil.simpleClassName(this) + "(pts: " + pts + ", flags: 0x" + Integer.toHexString(flags) + ", "
                + contentToString() + ')';
    }

    /** Makes a frame. For one thread. */
    public static final class Builder {
        private final ByteBuf content;
        private long pts = NONE;
        private long dts = NONE;
        private long duration = NONE;
        private int flags;
        private @Nullable MediaCaps caps;

        private Builder(ByteBuf content) {
            this.content = ObjectUtil.checkNotNull(content, "content");
        }

        /**
         * When the frame is to be shown.
         *
         * @param nanos of the stream's clock, or {@link #NONE}
         * @return this
         */
        public Builder pts(long nanos) {
            pts = nanos;
            return this;
        }

        /**
         * When the frame is to be decoded.
         *
         * @param nanos of the stream's clock, or {@link #NONE}
         * @return this
         */
        public Builder dts(long nanos) {
            dts = nanos;
            return this;
        }

        /**
         * How long the frame lasts.
         *
         * @param nanos or {@link #NONE}
         * @return this
         */
        public Builder duration(long nanos) {
            duration = nanos;
            return this;
        }

        /**
         * What is known of the frame.
         *
         * @param flags the {@code FLAG_…}s
         * @return this
         */
        public Builder flags(int flags) {
            this.flags = flags;
            return this;
        }

        /**
         * What kind of media it is.
         *
         * @param caps or null
         * @return this
         */
        public Builder caps(@Nullable MediaCaps caps) {
            this.caps = caps;
            return this;
        }

        /** {@return the frame} */
        public MediaFrame build() {
            return new MediaFrame(content, pts, dts, duration, flags, caps);
        }
    }
}
