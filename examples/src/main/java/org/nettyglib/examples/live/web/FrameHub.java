package org.nettyglib.examples.live.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each frame to all viewers.
 *
 * <p>A frame is copied once, out of GStreamer's memory into a pooled buffer that all viewers share. It carries its header in front
 * and the boundary that ends it behind, so that a reader that goes by the boundary has the whole of it at once.
 */
public final class FrameHub {

    /** What separates the pictures of a stream. */
    static final String BOUNDARY = "netty-on-glib";

    private static final byte[] END = ("\r\n--" + BOUNDARY + "\r\n").getBytes(StandardCharsets.US_ASCII);

    /** More than a part's header and end take. */
    private static final int AROUND = 128;

    private final ByteBufAllocator allocator;
    private final List<Viewer> viewers = new ArrayList<>();
    private final FrameRate rate = new FrameRate();

    private @Nullable ByteBuf newest;
    private int newestStart;
    private int newestLength;
    private long frames;
    private long bytes;
    private long framesAtRepeat;
    private boolean repeated;

    /**
     * Creates a hub without viewers.
     *
     * @param allocator of the frames
     */
    public FrameHub(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * A new frame has come.
     *
     * @param jpeg the picture, copied before this returns
     */
    public void frame(ByteBuffer jpeg) {
        int length = jpeg.remaining();
        ByteBuf part = allocator.directBuffer(length + AROUND);
        ByteBufUtil.writeAscii(part, "Content-Type: image/jpeg\r\nContent-Length: " + length + "\r\n\r\n");
        int start = part.writerIndex();
        part.writeBytes(jpeg).writeBytes(END);
        replaceNewest(part, start, length);
        frames++;
        repeated = false;
        bytes += length;
        rate.frame(System.nanoTime());
        offer(part);
    }

    /**
     * Gives the last picture once more where no other has come since the last call. Chromium shows a picture only when it has seen
     * the header of the next one: without this the last one before a pause would never be seen.
     */
    public void repeat() {
        if (newest != null && frames == framesAtRepeat && !repeated) {
            repeated = true;
            offer(newest);
        }
        framesAtRepeat = frames;
    }

    /** Forgets the last picture. */
    public void close() {
        if (newest != null) {
            newest.release();
            newest = null;
        }
    }

    /**
     * How many frames have come.
     *
     * @return the number since the start
     */
    public long frames() {
        return frames;
    }

    /** The bytes of all frames since the start. */
    long bytes() {
        return bytes;
    }

    FrameRate rate() {
        return rate;
    }

    /** A copy of the reference to the newest picture alone, for the caller to release, or null before the first. */
    @Nullable ByteBuf newestJpeg() {
        return newest == null ? null : newest.retainedSlice(newestStart, newestLength);
    }

    List<Viewer> viewers() {
        return viewers;
    }

    /** Shows the viewer the last picture at once, which on a paused pipeline is all there is; twice, see {@link #repeat}. */
    void add(Viewer viewer) {
        viewers.add(viewer);
        if (newest != null) {
            viewer.offer(newest);
            viewer.offer(newest);
        }
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    private void offer(ByteBuf part) {
        // Backwards: a viewer whose connection breaks at the write leaves the list.
        for (int i = viewers.size() - 1; i >= 0; i--) {
            viewers.get(i).offer(part);
        }
    }

    private void replaceNewest(ByteBuf part, int start, int length) {
        close();
        newest = part;
        newestStart = start;
        newestLength = length;
    }
}
