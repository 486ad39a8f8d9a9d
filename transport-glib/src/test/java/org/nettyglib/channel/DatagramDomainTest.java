package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.FileNotFoundException;
import java.nio.channels.NotYetConnectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.DatagramRecorder.Packet;

/** Datagrams over Unix domain sockets. */
class DatagramDomainTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder first = new DatagramRecorder();
    private final DatagramRecorder second = new DatagramRecorder();

    @TempDir
    private Path directory;

    private DomainSocketAddress path(String name) {
        return new DomainSocketAddress(directory.resolve(name).toFile());
    }

    private GLibDomainDatagramChannel bind(DatagramRecorder recorder, DomainSocketAddress address)
            throws InterruptedException {
        return (GLibDomainDatagramChannel)
                ChannelFixture.channel(datagrams.unix(recorder).bind(address));
    }

    private DomainDatagramPacket packet(byte[] bytes, Channel to) {
        return new DomainDatagramPacket(datagrams.direct(bytes), (DomainSocketAddress) to.localAddress());
    }

    @ParameterizedTest(name = "abstract {0}")
    @ValueSource(booleans = {false, true})
    void shouldSendAndAnswer(boolean named) throws Exception {
        String name = "netty-glib-" + ProcessHandle.current().pid();
        DomainSocketAddress one = named ? new DomainSocketAddress('\0' + name + "-one") : path("one");
        DomainSocketAddress two = named ? new DomainSocketAddress('\0' + name + "-two-ü") : path("two-ü");
        GLibDomainDatagramChannel a = bind(first, one);
        GLibDomainDatagramChannel b = bind(second, two);
        assertThat(a.localAddress()).isEqualTo(one);

        for (int length : new int[] {0, 1, 2048, 65_507}) {
            Await.success(a.writeAndFlush(packet(Payload.bytes(length), b)));
        }
        List<Packet> packets = second.await(4);
        assertThat(packets).extracting(Packet::length).containsExactly(0, 1, 2048, 65_507);
        assertThat(packets).extracting(Packet::sender).containsOnly(one);
        assertThat(packets).extracting(Packet::recipient).containsOnly(two);
        assertThat(packets.getLast().bytes()).isEqualTo(Payload.bytes(65_507));
        assertThat(packets.getLast().type()).isEqualTo(DomainDatagramPacket.class);

        Await.success(b.connect(one));
        assertThat(b.isConnected()).isTrue();
        assertThat(b.remoteAddress()).isEqualTo(one);
        Await.success(b.writeAndFlush(datagrams.direct(Payload.bytes(5))));
        assertThat(first.await(1).getFirst().sender()).isEqualTo(two);
        loops.assertIdle();
    }

    @Test
    void shouldReceiveFromSocketWithoutName() throws Exception {
        GLibDomainDatagramChannel receiver = bind(first, path("receiver"));
        Channel unbound = ChannelFixture.channel(datagrams
                .unix(second)
                .option(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true)
                .register());
        Await.success(unbound.writeAndFlush(packet(Payload.bytes(10), receiver)));
        Await.success(unbound.connect(receiver.localAddress()));
        Await.success(unbound.writeAndFlush(datagrams.direct(Payload.bytes(20))));
        assertThat(first.await(2)).extracting(Packet::length).containsExactly(10, 20);
        assertThat(first.packets()).extracting(Packet::sender).containsOnly(new DomainSocketAddress(""));
    }

    @Test
    void shouldDisconnect() throws Exception {
        GLibDomainDatagramChannel one = bind(first, path("one"));
        GLibDomainDatagramChannel two = bind(second, path("two"));
        Await.success(one.connect(two.localAddress()));
        Await.success(one.disconnect());
        assertThat(one.isConnected()).isFalse();
        assertThat(one.isOpen()).isTrue();
        assertThat(one.localAddress()).isEqualTo(path("one"));
        assertThat(one.remoteAddress()).isNull();
        assertThat(Await.failure(one.writeAndFlush(datagrams.direct(Payload.bytes(1)))))
                .isInstanceOf(NotYetConnectedException.class);
        Await.success(one.connect(two.localAddress()));
        Await.success(one.writeAndFlush(datagrams.direct(Payload.bytes(2))));
        assertThat(second.await(1).getFirst().sender()).isEqualTo(path("one"));
    }

    @Test
    void shouldSayThatNobodyIsThere() throws Exception {
        GLibDomainDatagramChannel channel = bind(first, path("channel"));
        ChannelFuture nowhere =
                channel.writeAndFlush(new DomainDatagramPacket(datagrams.direct(Payload.bytes(1)), path("nowhere")));
        assertThat(Await.failure(nowhere)).isInstanceOf(FileNotFoundException.class);
        assertThat(Await.failure(channel.writeAndFlush(datagrams.direct(Payload.bytes(1)))))
                .isInstanceOf(NotYetConnectedException.class);
        ChannelFuture tooLong = channel.writeAndFlush(new DomainDatagramPacket(
                datagrams.direct(Payload.bytes(1)), new DomainSocketAddress("/" + "x".repeat(120))));
        assertThat(Await.failure(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("121 bytes");
        ChannelFuture wrong =
                channel.writeAndFlush(new DatagramPacket(datagrams.direct(Payload.bytes(1)), ChannelFixture.ANY_PORT));
        assertThat(Await.failure(wrong))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("DomainDatagramPacket");
        assertThat(channel.isActive()).isTrue();

        assertThat(Await.failure(datagrams.unix(second).connect(path("nowhere"))))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void shouldTakeOverPathThatNobodyUses() throws Exception {
        GLibDomainDatagramChannel channel = bind(first, path("path"));
        Await.success(channel.close());
        assertThat(Files.exists(directory.resolve("path"))).isTrue();
        GLibDomainDatagramChannel next = bind(second, path("path"));
        Await.success(next.writeAndFlush(packet(Payload.bytes(3), next)));
        second.await(1);
    }

    @Test
    void shouldSayThatDatagramWasTruncated() throws Exception {
        Channel receiver = ChannelFixture.channel(datagrams
                .unix(first)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(100))
                .bind(path("receiver")));
        GLibDomainDatagramChannel sender = bind(second, path("sender"));
        Await.success(sender.writeAndFlush(packet(Payload.bytes(101), receiver)));
        Packet packet = first.await(1).getFirst();
        assertThat(packet.length()).isEqualTo(100);
        assertThat(packet.truncated()).isEqualTo(new GLibTruncatedDatagram(101, 100));
    }

    /** The socket says that it is writable, the receiver has no room: nothing is lost, and nobody spins. */
    @ParameterizedTest(name = "connected {0}")
    @ValueSource(booleans = {true, false})
    void shouldWaitForReceiverAndNotSpin(boolean connected) throws Exception {
        Channel receiver = ChannelFixture.channel(
                datagrams.unix(first).option(ChannelOption.AUTO_READ, false).bind(path("receiver")));
        GLibDomainDatagramChannel sender = bind(second, path("sender"));
        if (connected) {
            Await.success(sender.connect(receiver.localAddress()));
        }
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            written.add(sender.write(packet(Payload.bytes(i), receiver)));
            sender.flush();
        }
        loops.assertIdle();
        assertThat(written.getLast().isDone()).isFalse();

        receiver.config().setAutoRead(true);
        for (ChannelFuture each : written) {
            Await.success(each);
        }
        List<Packet> packets = first.await(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(packets.get(i).length()).isEqualTo(i);
        }
        loops.assertIdle();
    }

    @Test
    void shouldTakeSocketOverAndKnowItsPeer() throws Exception {
        LinuxSocket socket = LinuxSocket.newSocketDomainDgram();
        socket.bind(path("own"));
        GLibDomainDatagramChannel channel = new GLibDomainDatagramChannel(socket.intValue());
        channel.config().setAllocator(loops.allocator());
        channel.pipeline().addLast(first);
        Await.success(loops.loop().register(channel));
        assertThat(channel.isActive()).isTrue();
        assertThat(channel.localAddress()).isEqualTo(path("own"));
        // The kernel knows the peer of a pair only.
        assertThat(channel.peerCredentials().pid()).isZero();

        GLibDomainDatagramChannel other = bind(second, path("other"));
        Await.success(other.writeAndFlush(packet(Payload.bytes(10), channel)));
        first.await(1);
        Await.success(channel.writeAndFlush(new DomainDatagramPacket(Unpooled.EMPTY_BUFFER, path("other"))));
        assertThat(second.await(1).getFirst().sender()).isEqualTo(path("own"));
    }
}
