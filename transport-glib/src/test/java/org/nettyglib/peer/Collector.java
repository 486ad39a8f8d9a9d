package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import org.nettyglib.channel.Await;

/** Keeps what comes. It may be added again after a connect that failed. */
@Sharable
final class Collector extends SimpleChannelInboundHandler<ByteBuf> {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        received.writeBytes(ByteBufUtil.getBytes(message));
    }

    void awaitEqual(byte[] expected) throws InterruptedException {
        Await.until(
                () -> received.size() >= expected.length,
                () -> expected.length + " bytes, but there are " + received.size());
        assertThat(received.toByteArray()).isEqualTo(expected);
    }
}
