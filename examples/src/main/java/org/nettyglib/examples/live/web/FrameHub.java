package org.nettyglib.examples.live.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.MediaFrame;
import org.nettyglib.gstreamer.SlowViewerPolicy;

/**
 * Gives each picture to all viewers, each at its own speed: to one that has not yet got the last picture only the newest, when it has.
 *
 * <p>The pictures stay where GStreamer made them. Around each comes a header and, behind it, the boundary that ends it, so that a reader
 * that goes by the boundary has the whole of it at once.
 */
public final class FrameHub {

    /** What separates the pictures of a stream. */
    static final String BOUNDARY = "netty-on-glib";

    private static final ByteBuf END =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n--" + BOUNDARY + "\r\n", StandardCharsets.US_ASCII)
                    .asReadOnly());

    private final EventLoop loop;
    private final ThreadLedger ledger;
    private final ChannelGroup viewers;
    private final FrameRate rate = new FrameRate();

    private @Nullable AppSinkSource source;
    private @Nullable MediaFrame newest;
    private long frames;
    private long bytes;
    private long framesAtRepeat;
    private boolean repeated;

    /**
     * Creates a hub without viewers.
     *
     * @param loop of the viewers
     * @param ledger where the thread is noted
     */
    public FrameHub(EventLoop loop, ThreadLedger ledger) {
        this.loop = loop;
        this.ledger = ledger;
        this.viewers = new DefaultChannelGroup(loop);
    }

    /**
     * Shows what comes from here, also to those who are here already.
     *
     * @param pictures of a new pipeline
     */
    public void show(AppSinkSource.Builder pictures) {
        AppSinkSource next = pictures.slowViewers(SlowViewerPolicy.dropOldest(1))
                .encoder(FrameHub::encode)
                .onEnd(viewer -> {}) // the next pipeline may be for it, too
                .build();
        source = next;
        next.listen(loop, this::frame);
        next.addAll(viewers);
    }

    /** A new frame has come. It is the source's, which gives it to the viewers. */
    void frame(MediaFrame jpeg) {
        ledger.here(ThreadLedger.Work.FRAME);
        close();
        newest = jpeg.retainedDuplicate();
        frames++;
        repeated = false;
        bytes += jpeg.content().readableBytes();
        rate.frame(System.nanoTime());
    }

    /**
     * Gives the last picture once more where no other has come since the last call. Chromium shows a picture only when it has seen
     * the header of the next one: without this the last one before a pause would never be seen.
     */
    public void repeat() {
        if (frames == framesAtRepeat && !repeated) {
            repeated = true;
            viewers.forEach(this::giveNewest);
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

    /** The newest picture alone, for the caller to release, or null before the first. */
    @Nullable ByteBuf newestJpeg() {
        return newest == null ? null : newest.content().retainedDuplicate();
    }

    List<Viewer> viewers() {
        return viewers.stream().map(Viewer::of).filter(Objects::nonNull).toList();
    }

    /** The frames that a viewer has missed since the pipeline began. */
    long dropped(Viewer viewer) {
        return source == null ? 0 : viewer.dropped(source);
    }

    /** Shows the viewer the last picture at once, which on a paused pipeline is all there is; twice, see {@link #repeat}. */
    void add(Channel viewer) {
        viewers.add(viewer);
        giveNewest(viewer);
        giveNewest(viewer);
        if (source != null) {
            source.add(viewer);
        }
    }

    private void giveNewest(Channel viewer) {
        if (newest != null && viewer.isWritable()) {
            viewer.writeAndFlush(part(viewer.alloc(), newest), viewer.voidPromise());
        }
    }

    static ByteBuf encode(Channel channel, MediaFrame frame) {
        Viewer viewer = Viewer.of(channel);
        if (viewer != null) {
            viewer.count();
        }
        return part(channel.alloc(), frame);
    }

    private static ByteBuf part(ByteBufAllocator allocator, MediaFrame frame) {
        ByteBuf jpeg = frame.content();
        ByteBuf header = ByteBufUtil.writeAscii(
                allocator, "Content-Type: image/jpeg\r\nContent-Length: " + jpeg.readableBytes() + "\r\n\r\n");
        return Unpooled.wrappedBuffer(header, jpeg.retainedDuplicate(), END.duplicate());
    }
}
