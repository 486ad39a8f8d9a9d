package org.nettyglib.examples.live.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.AppSinkSource;

/** A connection that takes the pictures: who it is, and what it has got and missed. */
final class Viewer extends ChannelInboundHandlerAdapter {

    /** Writable again only when nothing is left to be written: one frame is in the connection's buffer, the newest waits for it. */
    private static final WriteBufferWaterMark ONE_FRAME = new WriteBufferWaterMark(1, 1);

    private final String name;

    private @Nullable ChannelHandlerContext context;
    private long sent;
    private long sentBefore;
    private double fps;

    /**
     * Creates the handler of a connection to which the head of the answer has been written.
     *
     * @param name what the page calls itself
     */
    Viewer(String name) {
        this.name = name;
    }

    /** The viewer of a connection, or null if it is none any more. */
    static @Nullable Viewer of(Channel channel) {
        return channel.pipeline().get(Viewer.class);
    }

    String name() {
        return name;
    }

    String address() {
        return context == null ? "" : String.valueOf(context.channel().remoteAddress());
    }

    /** The frames that it has missed of this source. */
    long dropped(AppSinkSource source) {
        return context == null ? 0 : source.dropped(context.channel());
    }

    long sent() {
        return sent;
    }

    /** Frames per second before the last tick. */
    double fps() {
        return fps;
    }

    /** A frame is written to it. */
    void count() {
        sent++;
    }

    void tick(double seconds) {
        fps = (sent - sentBefore) / seconds;
        sentBefore = sent;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setWriteBufferWaterMark(ONE_FRAME);
    }

    /** A viewer has nothing to say any more. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
    }

    /** What is thrown here is that the other side has gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
