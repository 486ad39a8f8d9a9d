package org.nettyglib.benchmarks.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;

/** Sends back what it gets. The arguments are the {@linkplain Transport#id() transport} and where it listens. */
public final class EchoServer {

    private EchoServer() {}

    public static void main(String[] args) throws Exception {
        BenchServer.run(Transport.byId(args[0]), args[1], new EchoHandler());
    }

    /** Binds an echo server to a free port of the loopback address, for benchmarks inside this process. */
    public static Channel bind(Transport transport, EventLoopGroup group) throws InterruptedException {
        return BenchServer.bindTcp(transport, group, new EchoHandler());
    }

    /** What an echo server does with its connections; for any number of them. */
    public static ChannelHandler handler() {
        return new EchoHandler();
    }

    @Sharable
    private static final class EchoHandler extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which the load sees
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            BenchServer.closeOnError(context, cause);
        }
    }
}
