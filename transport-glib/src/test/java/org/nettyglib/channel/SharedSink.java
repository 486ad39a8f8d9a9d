package org.nettyglib.channel;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** The end of pipelines whose events do not matter. */
@Sharable
final class SharedSink extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a close does not fail
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
