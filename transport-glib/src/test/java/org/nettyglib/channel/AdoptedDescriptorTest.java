package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Channels of descriptors that were opened elsewhere. */
class AdoptedDescriptorTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @Test
    void shouldTakeOverConnectedSocket() throws Exception {
        try (ServerSocket server = Peer.listen()) {
            Socket socket = Socket.newSocketStream();
            if (!socket.connect(server.getLocalSocketAddress())) {
                Await.until(() -> finishConnect(socket), () -> "connected");
            }
            GLibSocketChannel channel = new GLibSocketChannel(socket.intValue());
            assertThat(channel.isActive()).isTrue();
            assertThat((Object) channel.remoteAddress()).isEqualTo(server.getLocalSocketAddress());
            channel.pipeline().addLast(events);
            Await.success(loops.loop().register(channel));
            try (Peer peer = Peer.accept(server)) {
                assertThat((Object) channel.localAddress())
                        .isEqualTo(peer.socket().getRemoteSocketAddress());
                peer.write(Payload.bytes(100));
                events.awaitBytes(100);
                Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(200))));
                assertThat(peer.read(200)).isEqualTo(Payload.bytes(200));
            }
            events.assertClosedOnce();
        }
    }

    private static boolean finishConnect(Socket socket) {
        try {
            return socket.finishConnect();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTakeOverSocketThatIsNotConnected() throws Exception {
        int fd = Socket.newSocketStream().intValue();
        try (ServerSocket server = Peer.listen()) {
            Channel channel = ChannelFixture.channel(new Bootstrap()
                    .group(loops.loop())
                    .channelFactory(() -> new GLibSocketChannel(fd))
                    .handler(events)
                    .register());
            assertThat(channel.isActive()).isFalse();
            loops.assertIdle();

            Await.success(channel.connect(server.getLocalSocketAddress()));

            try (Peer peer = Peer.accept(server)) {
                peer.write(Payload.bytes(100));
                events.awaitBytes(100);
            }
            events.assertClosedOnce();
        }
    }

    @Test
    void shouldTakeOverListeningSocket() throws Exception {
        Socket socket = Socket.newSocketStream();
        socket.bind(ChannelFixture.ANY_PORT);
        socket.listen(10);
        GLibServerSocketChannel server = (GLibServerSocketChannel) ChannelFixture.channel(new ServerBootstrap()
                .group(loops.loop())
                .channelFactory(() -> new GLibServerSocketChannel(socket.intValue()))
                .childHandler(events)
                .register());
        assertThat(server.isActive()).isTrue();
        Channel listening = server;
        try (Peer peer = Peer.connect(listening.localAddress())) {
            peer.write(Payload.bytes(100));
            events.awaitBytes(100);
        }
        events.assertClosedOnce();
    }
}
