package org.nettyglib.channel;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Gives back what comes, and does not mind how a peer ends. */
@Sharable
final class SharedEcho extends ChannelInboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails is an exceptionCaught
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.writeAndFlush(message, context.voidPromise());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close does not fail
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
