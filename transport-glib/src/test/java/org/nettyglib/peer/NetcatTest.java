package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.Program;
import org.nettyglib.channel.StreamKind;

/** {@code nc} of OpenBSD at the other end, as a client and as a server. */
class NetcatTest {
    private static final byte[] DATA = Payload.bytes(3_000_000);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    @BeforeEach
    void requireNetcat() {
        Program.assumeInstalled("nc", "netcat-openbsd");
    }

    private static Program connect(StreamKind kind, SocketAddress address) throws IOException {
        return switch (kind) {
            case TCP, GIO -> Program.start("nc", "-N", Addresses.host(address), Addresses.port(address));
            case UNIX -> Program.start("nc", "-N", "-U", Addresses.path(address));
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldEchoToClient(StreamKind kind) throws Exception {
        Channel server =
                loops.bind(kind, loops.server(kind, new Echo()).childOption(ChannelOption.ALLOW_HALF_CLOSURE, true));
        try (Program client = connect(kind, server.localAddress())) {
            client.write(DATA);
            client.closeInput();
            assertThat(client.awaitSuccess()).isEqualTo(DATA);
        }
        loops.assertIdle();
    }

    private static InetSocketAddress unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(ChannelFixture.ANY_PORT);
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTalkToServer(StreamKind kind) throws Exception {
        SocketAddress address = kind != StreamKind.UNIX ? unusedPort() : kind.unusedAddress();
        Program program = switch (kind) {
            case TCP, GIO -> Program.start("nc", "-N", "-l", Addresses.host(address), Addresses.port(address));
            case UNIX -> Program.start("nc", "-N", "-l", "-U", Addresses.path(address));
        };
        try (Program server = program) {
            Collector received = new Collector();
            Channel channel = LateServer.connect(loops, kind, address, received);
            server.write(DATA);
            received.awaitEqual(DATA);
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(DATA)));
            server.closeInput();
            Await.success(((DuplexChannel) channel).shutdownOutput());
            assertThat(server.awaitSuccess()).isEqualTo(DATA);
            Await.success(channel.close());
        } finally {
            if (address instanceof DomainSocketAddress unix) {
                Files.deleteIfExists(Path.of(unix.path()));
            }
        }
    }

    @Test
    void shouldAnswerDatagrams() throws Exception {
        byte[] question = "wie spät ist es?".getBytes(StandardCharsets.UTF_8);
        Channel server = ChannelFixture.channel(new Bootstrap()
                .group(loops.loop())
                .channel(GLibDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // nc waits for it
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        context.writeAndFlush(
                                new DatagramPacket(packet.content().retain(), packet.sender()));
                    }
                })
                .bind(ChannelFixture.ANY_PORT));
        SocketAddress address = server.localAddress();
        // It ends with the first datagram that comes back.
        try (Program client = Program.start("nc", "-u", "-W", "1", Addresses.host(address), Addresses.port(address))) {
            client.write(question);
            client.awaitOutput(question.length);
            assertThat(client.awaitSuccess()).isEqualTo(question);
        }
    }
}
