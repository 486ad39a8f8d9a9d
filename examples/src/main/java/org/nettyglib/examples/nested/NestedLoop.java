package org.nettyglib.examples.nested;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.gnome.glib.GLib;
import org.gnome.glib.MainLoop;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * A handler waits, in the middle of an event, for GLib to do something: as a modal dialog does. It runs the main loop once more, and
 * meanwhile all other connections are served, in the same thread.
 */
public final class NestedLoop {

    private static final int DIALOG_MILLIS = 1000;

    /** Of all connections. Only touched by the loop's thread. */
    private static int answers;

    private NestedLoop() {}

    /**
     * Opens a connection whose handler waits for a second, and another one that is answered all the time.
     *
     * @param args none
     * @throws Exception if the connections fail
     */
    public static void main(String[] args) throws Exception {
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Answer());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        InetSocketAddress address = (InetSocketAddress) server.localAddress();

        try (Socket patient = new Socket(address.getAddress(), address.getPort());
                Socket busy = new Socket(address.getAddress(), address.getPort())) {
            patient.getOutputStream().write('w');
            while (patient.getInputStream().available() == 0) {
                ask(busy);
            }
        } finally {
            group.shutdownGracefully().sync();
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write('?');
        socket.getInputStream().read();
    }

    private static final class Answer extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            boolean wait = ((ByteBuf) bytes).getByte(0) == 'w';
            ReferenceCountUtil.release(bytes);
            if (wait) {
                System.out.println("The handler runs a main loop for a second, on " + Thread.currentThread());
                int before = answers;
                MainLoop dialog = new MainLoop(null, false);
                GLib.timeoutAdd(GLib.PRIORITY_DEFAULT, DIALOG_MILLIS, () -> {
                    if (answers == before) {
                        return GLib.SOURCE_CONTINUE; // nobody has asked on a busy machine yet
                    }
                    dialog.quit();
                    return GLib.SOURCE_REMOVE;
                });
                dialog.run();
                System.out.println("The handler goes on, on " + Thread.currentThread());
                System.out.println("While it waited in a nested main loop, another connection had " + (answers - before)
                        + " answers from the same thread.");
            }
            answers++;
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), "!"));
        }
    }
}
