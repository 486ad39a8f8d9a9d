package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bound, connected, disconnected, closed: what a datagram channel is then, and what it tells. */
class DatagramStateTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder events = new DatagramRecorder();

    private static void assertState(Channel channel, boolean active, boolean connected) {
        assertThat(channel.isActive()).as("active").isEqualTo(active);
        assertThat(((GLibDatagramChannel) channel).isConnected())
                .as("connected")
                .isEqualTo(connected);
    }

    @Test
    void shouldBecomeActiveByBind() throws Exception {
        Channel channel = ChannelFixture.channel(datagrams.udp(events).register());
        assertState(channel, false, false);
        assertThat(channel.localAddress()).isNull();
        assertThat(channel.remoteAddress()).isNull();
        assertThat(channel.metadata().hasDisconnect()).isTrue();
        assertThat(channel.metadata().defaultMaxMessagesPerRead()).isEqualTo(16);
        loops.assertIdle();

        Await.success(channel.bind(ChannelFixture.ANY_PORT));
        assertState(channel, true, false);
        assertThat(DatagramFixture.address(channel).getPort()).isPositive();
        events.await(Event.ACTIVE);
        assertThat(Await.failure(channel.bind(ChannelFixture.ANY_PORT))).isInstanceOf(IOException.class);
        assertState(channel, true, false);

        Await.success(channel.close());
        assertState(channel, false, false);
        events.assertClosedOnce();
        assertThat(Await.failure(channel.connect(ChannelFixture.ANY_PORT))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldConnectDisconnectAndConnectAgain() throws Exception {
        DatagramRecorder received = new DatagramRecorder();
        GLibDatagramChannel peer = DatagramFixture.bind(datagrams.udp(received));
        GLibDatagramChannel stranger = DatagramFixture.bind(datagrams.udp(new DatagramRecorder()));
        // The kernel takes a port back that it has chosen itself, but not this one.
        InetSocketAddress own = datagrams.unusedAddress();
        Channel channel = ChannelFixture.channel(datagrams.udp(events).connect(peer.localAddress(), own));
        assertState(channel, true, true);
        assertThat(channel.remoteAddress()).isEqualTo(peer.localAddress());
        assertThat(Await.failure(channel.connect(stranger.localAddress())))
                .isInstanceOf(AlreadyConnectedException.class);
        assertState(channel, true, true);

        // The kernel lets nobody else in.
        Await.success(stranger.writeAndFlush(datagrams.packet(Payload.bytes(1), channel)));
        Await.success(peer.writeAndFlush(datagrams.packet(Payload.bytes(2), channel)));
        assertThat(events.await(1).getFirst().length()).isEqualTo(2);

        Await.success(channel.disconnect());
        assertState(channel, false, false);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.localAddress()).isEqualTo(own);
        assertThat(channel.remoteAddress()).isNull();
        assertThat(Await.failure(channel.writeAndFlush(datagrams.direct(Payload.bytes(3)))))
                .isInstanceOf(NotYetConnectedException.class);
        // The socket is bound, and goes on to receive.
        Await.success(stranger.writeAndFlush(datagrams.packet(Payload.bytes(4), channel)));
        assertThat(events.await(2).getLast().sender()).isEqualTo(stranger.localAddress());

        Await.success(channel.connect(peer.localAddress()));
        assertState(channel, true, true);
        Await.success(channel.writeAndFlush(datagrams.direct(Payload.bytes(5))));
        assertThat(received.await(1).getFirst().sender()).isEqualTo(own);
        assertThat(events.count(Event.ACTIVE)).isEqualTo(2);
        loops.assertIdle();
    }

    @Test
    void shouldCloseWhenConnectFails() throws Exception {
        Channel channel = ChannelFixture.channel(
                datagrams.udp(SocketProtocolFamily.INET, events).register());
        // SO_BROADCAST is off.
        Throwable cause = Await.failure(channel.connect(new InetSocketAddress("255.255.255.255", 9)));
        assertThat(cause).isInstanceOf(IOException.class);
        assertThat(channel.isOpen()).isFalse();

        Channel other =
                ChannelFixture.channel(datagrams.udp(new DatagramRecorder()).register());
        assertThat(Await.failure(other.connect(InetSocketAddress.createUnresolved("nowhere", 1))))
                .isInstanceOf(UnresolvedAddressException.class);
        assertThat(other.isOpen()).isTrue();
    }

    @Test
    void shouldSayThatAddressIsInUse() throws Exception {
        GLibDatagramChannel first = DatagramFixture.bind(datagrams.udp(events));
        assertThat(Await.failure(datagrams.udp(new DatagramRecorder()).bind(first.localAddress())))
                .isInstanceOfAny(BindException.class, SocketException.class, IOException.class)
                .isNotInstanceOf(ConnectException.class)
                .hasMessageContaining("Address already in use");
    }

    @Test
    void shouldBeActiveOnRegistrationWhereAsked() throws Exception {
        DatagramRecorder received = new DatagramRecorder();
        GLibDatagramChannel peer = DatagramFixture.bind(datagrams.udp(received));
        Channel channel = ChannelFixture.channel(datagrams
                .udp(events)
                .option(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true)
                .register());
        assertState(channel, true, false);
        events.await(Event.ACTIVE);
        loops.assertIdle();

        Await.success(channel.writeAndFlush(datagrams.packet(Payload.bytes(10), peer)));
        InetSocketAddress sender = received.await(1).getFirst().from();
        Await.success(peer.writeAndFlush(new DatagramPacket(datagrams.direct(Payload.bytes(5)), sender)));
        DatagramRecorder.Packet answer = events.await(1).getFirst();
        assertThat(answer.sender()).isEqualTo(peer.localAddress());
        // The first packet has bound it.
        assertThat(answer.to().getPort()).isEqualTo(sender.getPort());
        assertThat(channel.localAddress()).isEqualTo(answer.recipient());

        Await.success(channel.close());
        assertState(channel, false, false);
        events.assertClosedOnce();
    }

    @Test
    void shouldTakeWildcardOfIpv4ForThatOfIpv6() throws Exception {
        GLibDatagramChannel channel = DatagramFixture.bind(
                datagrams.udp(SocketProtocolFamily.INET6, events), new InetSocketAddress("0.0.0.0", 0));
        GLibDatagramChannel sender =
                DatagramFixture.bind(datagrams.udp(new DatagramRecorder()), new InetSocketAddress("::", 0));
        for (String host : new String[] {"127.0.0.1", "::1"}) {
            Await.success(sender.writeAndFlush(
                    new DatagramPacket(datagrams.direct(Payload.bytes(1)), DatagramFixture.address(host, channel))));
        }
        assertThat(events.await(2))
                .extracting(DatagramRecorder.Packet::sender)
                .containsExactly(DatagramFixture.address("127.0.0.1", sender), DatagramFixture.address("::1", sender));
    }

    @Test
    void shouldTakeSocketOver() throws Exception {
        DatagramRecorder received = new DatagramRecorder();
        GLibDatagramChannel peer = DatagramFixture.bind(datagrams.udp(received));
        Socket socket = LinuxSocket.newSocketDgram();
        socket.bind(ChannelFixture.ANY_PORT);
        socket.connect(DatagramFixture.address(peer));
        GLibDatagramChannel channel = new GLibDatagramChannel(socket.intValue());
        assertThat(channel.localAddress()).isEqualTo(socket.localAddress());
        channel.config().setAllocator(loops.allocator());
        channel.pipeline().addLast(events);
        Await.success(loops.loop().register(channel));

        assertState(channel, true, true);
        Await.success(channel.writeAndFlush(datagrams.direct(Payload.bytes(10))));
        assertThat(received.await(1).getFirst().sender()).isEqualTo(channel.localAddress());
        Await.success(peer.writeAndFlush(datagrams.packet(Payload.bytes(5), channel)));
        events.await(1);
        Await.success(channel.close());
    }
}
