package org.nettyglib.gstreamer;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;

/**
 * The channel whose data goes into an appsrc: held back while that wants none. Everything happens on the thread of the handler's
 * context.
 */
final class AppSrcPeer {
    /** A GstBuffer with a reference of ours, and the caps to set before it. */
    private record Piece(long buffer, @Nullable MediaCaps caps) {}

    private final ChannelHandlerContext ctx;
    private final AppSrcElement element;
    private final AppSrcDemand demand;
    private final Runnable onEnd;
    private final Runnable onLeave;

    /** What came while the appsrc was stopped: no more than one read brings along, or what was unread at the end. */
    private final Deque<Piece> waiting = new ArrayDeque<>();

    /** Whether the appsrc has taken anything of this channel. */
    private boolean fed;

    private boolean held;
    private boolean autoRead;
    private boolean readWanted;
    private boolean ended;
    private boolean endTold;
    private boolean leaving;
    private boolean gone;

    /**
     * @param onEnd the channel will send no more, and everything before was taken
     * @param onLeave the appsrc is free for another channel
     */
    AppSrcPeer(
            ChannelHandlerContext ctx, AppSrcElement element, AppSrcDemand demand, Runnable onEnd, Runnable onLeave) {
        this.ctx = ctx;
        this.element = element;
        this.demand = demand;
        this.onEnd = onEnd;
        this.onLeave = onLeave;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    /** Lets the channel read, or not. */
    void begin() {
        if (!demand.isOpen()) {
            hold();
        }
    }

    /** Takes the reference to the buffer. */
    void offer(long buffer, @Nullable MediaCaps caps) {
        if (gone) {
            LibGstMiniObject.gst_mini_object_unref(buffer);
        } else if (ended) {
            LibGstMiniObject.gst_mini_object_unref(buffer);
            fail(GstFlow.EOS);
        } else if (waiting.isEmpty() && !demand.isStopped()) {
            push(buffer, caps);
        } else {
            waiting.add(new Piece(buffer, caps));
            hold();
        }
    }

    /** Only the first buffer may be kept if it is refused: after others it would be a stream with a hole. */
    private void push(long buffer, @Nullable MediaCaps caps) {
        if (fed) {
            taken(element.push(buffer, caps));
            return;
        }
        GstFlow flow;
        long moment;
        do {
            moment = demand.now();
            LibGstMiniObject.gst_mini_object_ref(buffer);
            flow = element.push(buffer, caps);
            if (flow == GstFlow.FLUSHING && !element.isClosed() && demand.stoppedSince(moment)) {
                waiting.addFirst(new Piece(buffer, caps));
                hold();
                return;
            }
        } while (flow == GstFlow.FLUSHING && !element.isClosed());
        LibGstMiniObject.gst_mini_object_unref(buffer);
        fed = true;
        taken(flow);
    }

    private void taken(GstFlow flow) {
        if (flow != GstFlow.OK) {
            fail(flow);
        } else if (!demand.isOpen()) {
            hold();
        }
    }

    private void fail(GstFlow flow) {
        // An appsrc that was closed here lets the channel go instead.
        if (!gone && !element.isClosed()) {
            fail(GstFlowException.of(flow, element.name()));
        }
    }

    /** The channel gets an exception and is closed. */
    void fail(Throwable cause) {
        if (!gone) {
            leave();
            ctx.fireExceptionCaught(cause);
            ctx.close();
        }
    }

    /** The pipeline takes no more, though the appsrc does not say so. */
    void over(Throwable cause) {
        if (!ended) {
            fail(cause);
        }
    }

    private void hold() {
        if (!held) {
            held = true;
            ChannelConfig config = ctx.channel().config();
            autoRead = config.isAutoRead();
            if (autoRead) {
                config.setAutoRead(false);
            }
        }
    }

    private void release() {
        if (held) {
            held = false;
            boolean read = readWanted;
            readWanted = false;
            ChannelConfig config = ctx.channel().config();
            if (!ctx.channel().isActive()) {
                return;
            }
            if (autoRead && !config.isAutoRead()) {
                config.setAutoRead(true);
            } else if (read) {
                ctx.read();
            }
        }
    }

    /** {@return whether the channel may be read from; otherwise it is later} */
    boolean mayRead() {
        readWanted |= held;
        return !held;
    }

    /** The appsrc needs data, or needed some a while ago. */
    void resume() {
        while (!gone && !waiting.isEmpty() && !demand.isStopped()) {
            Piece piece = waiting.removeFirst();
            push(piece.buffer(), piece.caps());
        }
        if (!gone && waiting.isEmpty()) {
            if (ended) {
                finish();
            } else if (demand.isOpen()) {
                release();
            }
        }
    }

    /**
     * There will be no more data. A stopped appsrc gets what there is when it starts, as long as the loop runs.
     *
     * @param leaves whether the channel is gone, too
     */
    void end(boolean leaves) {
        if (gone) {
            return;
        }
        leaving |= leaves;
        ended = true;
        if (waiting.isEmpty() || ctx.executor().isShuttingDown()) {
            finish();
        }
    }

    private void finish() {
        // Once: the pipeline may be playing anew when the channel leaves.
        if (!endTold) {
            endTold = true;
            onEnd.run();
        }
        if (leaving) {
            leave();
        } else {
            release();
        }
    }

    /** The channel is on its own again. */
    void leave() {
        if (!gone) {
            gone = true;
            waiting.forEach(piece -> LibGstMiniObject.gst_mini_object_unref(piece.buffer()));
            waiting.clear();
            onLeave.run();
            release();
        }
    }
}
