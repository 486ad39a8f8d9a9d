package org.nettyglib.peer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/** Gives back what comes, and closes after the end of it. Needs {@link ChannelOption#ALLOW_HALF_CLOSURE}. */
@Sharable
final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the connection, which the peer sees
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.writeAndFlush(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close does not fail
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownReadComplete) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
