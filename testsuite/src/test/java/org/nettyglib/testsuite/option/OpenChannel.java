package org.nettyglib.testsuite.option;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;

/** Channels for tests of their options; the caller closes them. */
final class OpenChannel {

    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private OpenChannel() {}

    /** Bound to a free port, connected to nobody. */
    static GLibSocketChannel bound(EventLoopGroup group) {
        return (GLibSocketChannel) bound(group, GLibSocketChannel.class);
    }

    /** The same of another kind. */
    static Channel bound(EventLoopGroup group, Class<? extends Channel> kind) {
        return new Bootstrap()
                .group(group)
                .channel(kind)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(ANY_PORT)
                .syncUninterruptibly()
                .channel();
    }

    /** Listens, and accepts whoever comes. */
    static GLibServerSocketChannel listening(EventLoopGroup group) {
        return (GLibServerSocketChannel) new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(ANY_PORT)
                .syncUninterruptibly()
                .channel();
    }

    static GLibSocketChannel connected(EventLoopGroup group, GLibServerSocketChannel server) {
        return (GLibSocketChannel) new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.localAddress())
                .syncUninterruptibly()
                .channel();
    }
}
