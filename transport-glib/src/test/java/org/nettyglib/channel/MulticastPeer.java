package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.nettyglib.loop.GLibEventLoopGroup;

/** The other process of {@link MulticastProcessesTest}: it joins the group on the given port and answers its senders. */
final class MulticastPeer {
    static final String READY = "joined";

    private MulticastPeer() {}

    public static void main(String[] arguments) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(true);
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        try {
            GLibDatagramChannel channel = (GLibDatagramChannel) new Bootstrap()
                    .group(group)
                    .channel(GLibDatagramChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .handler(new Answer())
                    .bind(new InetSocketAddress("::", Integer.parseInt(arguments[0])))
                    .sync()
                    .channel();
            channel.joinGroup(network.group(), network.networkInterface(), null).sync();
            System.out.println(READY);
            // Its parent ends it by closing the other end.
            int ignored = System.in.read();
            channel.close().sync();
        } finally {
            group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS).sync();
        }
    }

    private static final class Answer extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            context.writeAndFlush(new DatagramPacket(packet.content().retain(), packet.sender()));
        }
    }
}
