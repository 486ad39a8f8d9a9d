package org.nettyglib.examples.live.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection that takes the pictures, at its own speed.
 *
 * <p>At most one frame is in the connection's buffer and one waits for it; a newer one takes the waiting one's place. So a
 * viewer that does not read costs two frames of memory, which it shares with the others, and nobody waits for it.
 */
final class Viewer extends ChannelInboundHandlerAdapter {

    /** Writable again only when nothing is left to be written. */
    private static final WriteBufferWaterMark ONE_FRAME = new WriteBufferWaterMark(1, 1);

    private final FrameHub hub;
    private final String name;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf waiting;
    private long sent;
    private long dropped;
    private long sentBefore;
    private double fps;

    /**
     * Creates the handler of a connection to which the head of the answer has been written.
     *
     * @param hub where the frames come from
     * @param name what the page calls itself
     */
    Viewer(FrameHub hub, String name) {
        this.hub = hub;
        this.name = name;
    }

    void offer(ByteBuf frame) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !ctx.channel().isActive()) {
            return;
        }
        ByteBuf share = frame.retainedDuplicate();
        if (ctx.channel().isWritable()) {
            write(ctx, share);
        } else {
            if (waiting != null) {
                waiting.release();
                dropped++;
            }
            waiting = share;
        }
    }

    String name() {
        return name;
    }

    String address() {
        return context == null ? "" : String.valueOf(context.channel().remoteAddress());
    }

    long sent() {
        return sent;
    }

    long dropped() {
        return dropped;
    }

    /** Frames per second before the last tick. */
    double fps() {
        return fps;
    }

    void tick(double seconds) {
        fps = (sent - sentBefore) / seconds;
        sentBefore = sent;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setWriteBufferWaterMark(ONE_FRAME);
        hub.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        leave();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ByteBuf next = waiting;
        if (next != null && ctx.channel().isWritable()) {
            waiting = null;
            write(ctx, next);
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** A viewer has nothing to say any more. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leave();
        ctx.fireChannelInactive();
    }

    /** What is thrown here is that the other side has gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void write(ChannelHandlerContext ctx, ByteBuf frame) {
        sent++;
        ctx.writeAndFlush(frame, ctx.voidPromise());
    }

    private void leave() {
        hub.remove(this);
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }
}
