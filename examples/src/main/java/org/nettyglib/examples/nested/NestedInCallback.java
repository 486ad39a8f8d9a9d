package org.nettyglib.examples.nested;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * The same the other way round: Netty is attached to a main loop that the main thread runs, and a callback of GLib's waits in
 * a nested one, as that of a button does which opens a modal dialog. Meanwhile a server and a client go on in the same thread.
 */
public final class NestedInCallback {

    private static final int CLICK_MILLIS = 200;
    private static final int DIALOG_MILLIS = 1000;

    private final GLibEventLoopGroup group = GLibEventLoopGroup.attach();
    private final MainLoop mainLoop = new MainLoop(null, false);

    private int passes;

    private NestedInCallback() {}

    /**
     * Lets a server and a client play, and waits for a second inside a callback.
     *
     * @param args none
     */
    public static void main(String[] args) {
        new NestedInCallback().run();
    }

    private void run() {
        new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new Player(false))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .addListener((ChannelFuture bound) -> new Bootstrap()
                        .group(group)
                        .channel(GLibSocketChannel.class)
                        .handler(new Player(true))
                        .connect(bound.channel().localAddress()));
        GLib.timeoutAdd(GLib.PRIORITY_DEFAULT, CLICK_MILLIS, this::click);

        mainLoop.run();

        group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        while (!group.isTerminated()) {
            MainContext.default_().iteration(true);
        }
    }

    private boolean click() {
        System.out.println("The callback runs a main loop for a second, on " + Thread.currentThread());
        int before = passes;
        MainLoop dialog = new MainLoop(null, false);
        GLib.timeoutAdd(GLib.PRIORITY_DEFAULT, DIALOG_MILLIS, () -> {
            if (passes == before) {
                return GLib.SOURCE_CONTINUE; // not on a busy machine yet
            }
            dialog.quit();
            return GLib.SOURCE_REMOVE;
        });
        dialog.run();
        System.out.println("Meanwhile the ball went " + (passes - before)
                + " times between a client and a server in the same thread.");
        mainLoop.quit();
        return GLib.SOURCE_REMOVE;
    }

    /** Plays back whatever comes. */
    private final class Player extends ChannelInitializer<Channel> {

        private final boolean serves;

        Player(boolean serves) {
            this.serves = serves;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext ctx) {
                    if (serves) {
                        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'o'}));
                    }
                }

                @Override
                public void channelRead(ChannelHandlerContext ctx, Object ball) {
                    passes++;
                    ctx.writeAndFlush(ball);
                }
            });
        }
    }
}
