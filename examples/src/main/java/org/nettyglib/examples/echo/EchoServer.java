package org.nettyglib.examples.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/** Sends back what it is sent; try it with {@code nc localhost 7000}. */
public final class EchoServer {

    private EchoServer() {}

    /**
     * Serves until it is killed.
     *
     * @param args the port, 7000 if there is none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length == 0 ? 7000 : Integer.parseInt(args[0]);
        GLibEventLoopGroup group = new GLibEventLoopGroup(); // one thread, on GLib's default main context
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Echo());
                    }
                })
                .bind(port)
                .sync()
                .channel();
        System.out.println("Echo on " + server.localAddress());
        server.closeFuture().sync();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ctx.writeAndFlush(bytes);
        }
    }
}
