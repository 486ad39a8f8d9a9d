package org.nettyglib.testsuite.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Collects what a channel receives. */
final class ReceivedDatagrams extends SimpleChannelInboundHandler<DatagramPacket> {

    /** What is left of a packet once its buffer is released. */
    record Datagram(ByteBuffer bytes, InetSocketAddress sender, InetSocketAddress recipient) {}

    private static final long TIMEOUT_SECONDS = 10;

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        arrived.add(new Datagram(
                ByteBuffer.wrap(ByteBufUtil.getBytes(packet.content())), packet.sender(), packet.recipient()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        arrived.add(cause);
    }

    /** Waits for the next one; fails if there is none, or an exception instead. */
    Datagram next() throws InterruptedException {
        Object next = arrived.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isInstanceOf(Datagram.class);
        return (Datagram) next;
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }
}
