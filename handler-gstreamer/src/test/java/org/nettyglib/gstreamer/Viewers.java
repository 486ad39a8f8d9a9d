package org.nettyglib.gstreamer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibServerSocketChannel;

/** A server for viewers over TCP, and their clients, which are blocking sockets. */
final class Viewers implements AutoCloseable {
    private final BlockingQueue<Viewed> accepted = new LinkedBlockingQueue<>();
    private final List<Viewed> all = new ArrayList<>();
    private final Channel server;

    Viewers(EventLoopGroup group) throws InterruptedException {
        this(group, new ChannelHandler[0]);
    }

    Viewers(EventLoopGroup group, ChannelHandler... handlers) throws InterruptedException {
        server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, 16 * 1024)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers);
                        Viewed viewed = new Viewed(channel);
                        channel.pipeline().addLast(viewed);
                        accepted.add(viewed);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    /** The one end of a connection as a channel, the other as a socket. */
    static final class Viewed extends ChannelInboundHandlerAdapter {
        final Channel channel;
        final List<Object> events = new ArrayList<>();
        private @Nullable Socket socket;

        Viewed(Channel channel) {
            this.channel = channel;
        }

        Socket socket() {
            return Objects.requireNonNull(socket);
        }

        InputStream input() throws IOException {
            return socket().getInputStream();
        }

        byte[] readAll() throws IOException {
            return input().readAllBytes();
        }

        byte[] read(int length) throws IOException {
            return input().readNBytes(length);
        }

        synchronized List<Object> events() {
            return List.copyOf(events);
        }

        long missed() {
            return events().stream()
                    .filter(FramesDropped.class::isInstance)
                    .mapToLong(event -> ((FramesDropped) event).frames())
                    .sum();
        }

        @Override
        public synchronized void userEventTriggered(ChannelHandlerContext context, Object event) {
            events.add(event);
        }

        @Override
        public synchronized void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            events.add(cause);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    Viewed connect() throws Exception {
        Socket socket = new Socket();
        // Small, so that a reader who does not read is soon noticed.
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(address());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Await.SECONDS));
        Viewed viewed = next();
        viewed.socket = socket;
        return viewed;
    }

    /** Who has connected by itself. */
    Viewed next() throws InterruptedException {
        Viewed viewed = Objects.requireNonNull(accepted.poll(Await.SECONDS, TimeUnit.SECONDS), "nobody connected");
        Await.until(
                () -> viewed.channel.isActive() || !viewed.channel.isOpen(),
                () -> "active or closed: " + viewed.channel);
        all.add(viewed);
        return viewed;
    }

    @Override
    public void close() throws Exception {
        for (Viewed viewed : all) {
            if (viewed.socket != null) {
                viewed.socket.close();
            }
        }
        if (!server.eventLoop().isShuttingDown()) {
            server.close().sync();
        }
    }
}
