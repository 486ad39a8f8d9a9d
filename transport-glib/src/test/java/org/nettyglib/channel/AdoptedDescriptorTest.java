package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels of descriptors that were opened elsewhere. */
class AdoptedDescriptorTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @Test
    void shouldTakeOverConnectedSocket() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Socket socket = Socket.newSocketStream();
            if (!socket.connect(server.address())) {
                Await.until(() -> finishConnect(socket), () -> "connected");
            }
            Channel channel = new GLibSocketChannel(socket.intValue());
            try (Peer peer = talk(channel, server)) {
                assertThat(channel.localAddress()).isEqualTo(peer.remoteAddress());
            }
            events.assertClosedOnce();
        }
    }

    /** What a channel that took a connected socket over can do. */
    private Peer talk(Channel channel, Listener server) throws Exception {
        assertThat(channel.isActive()).isTrue();
        assertThat(channel.remoteAddress()).isEqualTo(server.address());
        channel.pipeline().addLast(events);
        Await.success(loops.loop().register(channel));
        Peer peer = server.accept();
        peer.write(Payload.bytes(100));
        events.awaitBytes(100);
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(200))));
        assertThat(peer.read(200)).isEqualTo(Payload.bytes(200));
        return peer;
    }

    private static boolean finishConnect(Socket socket) {
        try {
            return socket.finishConnect();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GIO")
    void shouldTakeOverSocketThatIsNotConnected(StreamKind kind) throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(new Bootstrap()
                    .group(loops.loop())
                    .channelFactory(() -> switch (kind) {
                        case TCP ->
                            new GLibSocketChannel(Socket.newSocketStream().intValue());
                        case UNIX ->
                            new GLibDomainSocketChannel(Socket.newSocketDomain().intValue());
                        case GIO -> throw new AssertionError("takes no descriptor");
                    })
                    .handler(events)
                    .register());
            assertThat(channel.isActive()).isFalse();
            loops.assertIdle();

            Await.success(channel.connect(server.address()));

            try (Peer peer = server.accept()) {
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

    @Test
    void shouldTakeOverConnectedUnixSocket() throws Exception {
        try (Listener server = StreamKind.UNIX.listen()) {
            Socket socket = Socket.newSocketDomain();
            assertThat(socket.connect(server.address())).isTrue();
            talk(new GLibDomainSocketChannel(socket.intValue()), server).close();
            events.assertClosedOnce();
        }
    }

    /** Whoever has bound it keeps its file. */
    @Test
    void shouldTakeOverListeningUnixSocket() throws Exception {
        DomainSocketAddress address = (DomainSocketAddress) StreamKind.UNIX.unusedAddress();
        Path file = Path.of(address.path());
        Socket socket = Socket.newSocketDomain();
        socket.bind(address);
        socket.listen(10);
        try {
            Channel server = ChannelFixture.channel(new ServerBootstrap()
                    .group(loops.loop())
                    .channelFactory(() -> new GLibServerDomainSocketChannel(socket.intValue()))
                    .childHandler(events)
                    .register());
            assertThat(server.isActive()).isTrue();
            assertThat(server.localAddress()).isEqualTo(address);
            try (Peer peer = Peer.connect(address)) {
                peer.write(Payload.bytes(100));
                events.awaitBytes(100);
            }
            events.assertClosedOnce();
            Await.success(server.close());
            assertThat(file).exists();
        } finally {
            Files.delete(file);
        }
    }
}
