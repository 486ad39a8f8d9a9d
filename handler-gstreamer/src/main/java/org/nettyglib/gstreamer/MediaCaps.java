package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.ObjectUtil;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.nettyglib.gstreamer.ffi.LibGstCaps;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;

/**
 * What kind of media a frame is: GStreamer's caps. Immutable, and without native memory: nothing has to be released. Two are equal if
 * GStreamer writes them in the same way.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstcaps.html">GstCaps</a>
 */
public final class MediaCaps {
    private static final String ANY = "ANY";

    /** What {@code gst_structure_validate_name} allows: GStreamer logs a critical about anything else. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\s*\\p{Alpha}[\\p{Alnum}/_.:+-]*\\s*([(,;].*)?", Pattern.DOTALL);

    private final String text;
    private final String mediaType;
    private final List<byte[]> streamHeader;

    private MediaCaps(String text, String mediaType, List<byte[]> streamHeader) {
        this.text = text;
        this.mediaType = mediaType;
        this.streamHeader = streamHeader;
    }

    /**
     * Reads caps as {@code gst-launch-1.0} does. From any thread.
     *
     * @param text for example {@code video/x-raw,width=320,height=240}
     * @return the caps
     * @throws IllegalArgumentException if GStreamer does not understand the text
     * @throws UnsatisfiedLinkError if there is no GStreamer, see {@link GStreamer#ensureAvailability()}
     */
    public static MediaCaps of(String text) {
        GStreamer.ensureAvailability();
        long caps = MEDIA_TYPE.matcher(ObjectUtil.checkNotNull(text, "text")).matches()
                ? LibGstCaps.gst_caps_from_string(text)
                : 0;
        if (caps == 0) {
            throw new IllegalArgumentException("these are no caps: \"" + text
                    + "\". A media type and its fields are wanted, such as video/x-raw,width=320,height=240");
        }
        try {
            return of(caps);
        } finally {
            LibGstMiniObject.gst_mini_object_unref(caps);
        }
    }

    /** Of a GstCaps, which is the caller's. */
    static MediaCaps of(long caps) {
        String text = Objects.requireNonNullElse(LibGstCaps.gst_caps_to_string(caps), ANY);
        if (LibGstCaps.gst_caps_get_size(caps) == 0) {
            return new MediaCaps(text, ANY, List.of());
        }
        long structure = LibGstCaps.gst_caps_get_structure(caps, 0);
        return new MediaCaps(text, LibGstCaps.gst_structure_get_name(structure), StreamHeader.of(structure));
    }

    /** The same for a stream whose header its muxer has not put there. */
    MediaCaps withStreamHeader(byte[] header) {
        return new MediaCaps(text, mediaType, List.of(header));
    }

    /** {@return a new GstCaps with a reference of the caller's, or 0 if GStreamer does not understand what it has written} */
    long toNative() {
        return LibGstCaps.gst_caps_from_string(text);
    }

    /**
     * The kind of media, without its fields.
     *
     * @return for example {@code video/webm}; {@code ANY} or {@code EMPTY} where there is none
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * What a decoder has to see before anything else of the stream: the head of a WebM file, the tables of MPEG-TS. It is the field
     * {@code streamheader}, which muxers and some encoders set; for a fragmented MP4 without it, what {@link AppSinkSource} has found
     * before the first fragment.
     *
     * @return read-only buffers, one for each of GStreamer's; none where the stream has no header. They are new ones with each call
     *     and need no release.
     */
    public List<ByteBuf> streamHeader() {
        return streamHeader.stream()
                .map(bytes -> Unpooled.unreleasableBuffer(
                        Unpooled.wrappedBuffer(bytes).asReadOnly()))
                .toList();
    }

    /** {@return whether {@link #streamHeader()} is not empty} */
    public boolean hasStreamHeader() {
        return !streamHeader.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MediaCaps caps && caps.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the caps as GStreamer writes them} */
    @Override
    public String toString() {
        return text;
    }
}
