package org.nettyglib.benchmarks.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;

/** Sends datagrams back. The arguments are the {@linkplain Transport#id() transport} and {@link #BATCHED} or another word. */
public final class UdpServer {

    /** Reads many packets with one system call where the transport can, and sends the answers of a read together. */
    public static final String BATCHED = "batched";

    /** Reads and sends each packet by itself. */
    public static final String ONE_BY_ONE = "one-by-one";

    /** No packet of the load is greater. */
    private static final int PACKET = 1500;

    private static final int PACKETS_PER_READ = 64;

    /** As the C peer has it; the kernel caps it at net.core.rmem_max. */
    private static final int SOCKET_BUFFER = 1 << 20;

    private UdpServer() {}

    public static void main(String[] args) throws Exception {
        Transport transport = Transport.byId(args[0]);
        boolean batched = args[1].equals(BATCHED);
        BenchServer.run(
                transport,
                group -> (batched ? batched(transport, group) : oneByOne(transport, group))
                        .bind(BenchServer.freePort())
                        .sync()
                        .channel());
    }

    private static Bootstrap oneByOne(Transport transport, EventLoopGroup group) {
        return datagrams(transport, group, PACKET).handler(new EchoHandler(true));
    }

    private static Bootstrap batched(Transport transport, EventLoopGroup group) {
        return transport
                .channels()
                .scattered()
                .map(option ->
                        datagrams(transport, group, PACKET * PACKETS_PER_READ).option(option, PACKET))
                .orElseGet(() -> datagrams(transport, group, PACKET))
                .handler(new EchoHandler(false));
    }

    private static Bootstrap datagrams(Transport transport, EventLoopGroup group, int bytesPerRead) {
        return new Bootstrap()
                .group(group)
                .channel(transport.channels().datagram())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(bytesPerRead).maxMessagesPerRead(PACKETS_PER_READ));
    }

    private static final class EchoHandler extends ChannelInboundHandlerAdapter {

        private final boolean flushEach;

        EchoHandler(boolean flushEach) {
            this.flushEach = flushEach;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // what is not sent is lost, and the load counts what is lost
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            DatagramPacket answer = new DatagramPacket(packet.content(), packet.sender());
            if (flushEach) {
                context.writeAndFlush(answer);
            } else {
                context.write(answer);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            cause.printStackTrace();
        }
    }
}
