package org.nettyglib.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** What the servers share: how they bind, how they say that they are ready, and when they end. */
final class BenchServer {

    /** As many as the C peers ask for; the kernel caps it at net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    private BenchServer() {}

    /**
     * Serves on a free port of the loopback address until standard input ends, so that no server outlives the benchmark that
     * started it. The line {@code listening PORT} on standard output says that it is ready.
     */
    static void run(Transport transport, ChannelHandler childInitializer) throws IOException, InterruptedException {
        EventLoopGroup group = transport.newGroup();
        try {
            Channel server = bind(transport, group, childInitializer);
            System.out.println("listening " + ((InetSocketAddress) server.localAddress()).getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
            server.close().sync();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    static Channel bind(Transport transport, EventLoopGroup group, ChannelHandler childInitializer)
            throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(childInitializer)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    /** The load closes its connections as it likes, so a reset is no news; anything else has to be seen. */
    @SuppressWarnings("FutureReturnValueIgnored") // the load sees the connection close
    static void closeOnError(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            cause.printStackTrace();
        }
        context.close();
    }
}
