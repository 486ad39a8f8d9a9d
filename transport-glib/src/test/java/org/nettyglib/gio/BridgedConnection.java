package org.nettyglib.gio;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibSocketChannel;

/** A TCP connection: at one end a blocking socket of the JDK, at the other a channel, which is a stream of GIO's. */
final class BridgedConnection implements AutoCloseable {
    private final Socket socket;
    private final ChannelIOStream bridge;
    private final GioStream gio;

    BridgedConnection(EventLoop loop) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bridge = bridge(loop, server.getLocalSocketAddress(), channel -> {});
            socket = server.accept();
        }
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Await.SECONDS));
        gio = new GioStream(bridge.ioStream());
    }

    /** What has to be in the pipeline first. */
    interface Preparation {
        void prepare(Channel channel);
    }

    /** Connects a channel that is a stream from its beginning. */
    static ChannelIOStream bridge(EventLoop loop, SocketAddress address, Preparation preparation)
            throws InterruptedException {
        Initializer initializer = new Initializer(preparation);
        Await.success(new Bootstrap()
                .group(loop)
                .channel(GLibSocketChannel.class)
                .handler(initializer)
                .connect(address));
        return Objects.requireNonNull(initializer.bridge);
    }

    private static final class Initializer extends ChannelInitializer<Channel> {
        private final Preparation preparation;
        private volatile @Nullable ChannelIOStream bridge;

        Initializer(Preparation preparation) {
            this.preparation = preparation;
        }

        @Override
        protected void initChannel(Channel channel) throws IOException {
            preparation.prepare(channel);
            bridge = ChannelIOStream.of(channel);
        }
    }

    Socket socket() {
        return socket;
    }

    ChannelIOStream bridge() {
        return bridge;
    }

    Channel channel() {
        return bridge.channel();
    }

    GioStream gio() {
        return gio;
    }

    @Override
    public void close() throws IOException {
        gio.close();
        socket.close();
    }
}
