package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.DatagramRecorder.Packet;

/** Datagrams go there and back, connected or not, over each kind of address. */
class DatagramExchangeTest {
    private static final InetAddress INET = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress INET6 = InetAddress.ofLiteral("::1");

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder first = new DatagramRecorder();
    private final DatagramRecorder second = new DatagramRecorder();

    /** The families of two sockets, and the address of both: a socket of IPv6 can speak IPv4, by mapped addresses. */
    private static Stream<Arguments> addresses() {
        return Stream.of(
                arguments(SocketProtocolFamily.INET, SocketProtocolFamily.INET, INET),
                arguments(SocketProtocolFamily.INET6, SocketProtocolFamily.INET6, INET6),
                arguments(SocketProtocolFamily.INET6, SocketProtocolFamily.INET6, INET),
                arguments(SocketProtocolFamily.INET6, SocketProtocolFamily.INET, INET));
    }

    private GLibDatagramChannel bind(SocketProtocolFamily family, DatagramRecorder recorder, InetAddress address)
            throws InterruptedException {
        return DatagramFixture.bind(datagrams.udp(family, recorder), new InetSocketAddress(address, 0));
    }

    private static void assertPacket(Packet packet, byte[] bytes, Channel from, Channel to) {
        assertThat(packet.bytes()).isEqualTo(bytes);
        assertThat(packet.sender()).isEqualTo(from.localAddress());
        assertThat(packet.recipient()).isEqualTo(to.localAddress());
        assertThat(packet.truncated()).isNull();
        assertThat(packet.type()).isEqualTo(DatagramPacket.class);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void shouldSendAndAnswer(SocketProtocolFamily one, SocketProtocolFamily other, InetAddress address)
            throws Exception {
        GLibDatagramChannel a = bind(one, first, address);
        GLibDatagramChannel b = bind(other, second, address);

        for (int i = 1; i <= 3; i++) {
            Await.success(a.writeAndFlush(datagrams.packet(Payload.bytes(100 * i), b)));
            Packet question = second.await(i).getLast();
            assertPacket(question, Payload.bytes(100 * i), a, b);

            Await.success(b.writeAndFlush(new DatagramPacket(datagrams.direct(Payload.bytes(7)), question.from())));
            assertPacket(first.await(i).getLast(), Payload.bytes(7), b, a);
        }
        loops.assertIdle();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void shouldSendAndAnswerConnected(SocketProtocolFamily one, SocketProtocolFamily other, InetAddress address)
            throws Exception {
        GLibDatagramChannel a = bind(one, first, address);
        GLibDatagramChannel b = bind(other, second, address);
        Await.success(a.connect(b.localAddress()));
        Await.success(b.connect(a.localAddress()));
        assertThat(a.isConnected()).isTrue();
        assertThat(a.remoteAddress()).isEqualTo(b.localAddress());

        Await.success(a.writeAndFlush(datagrams.direct(Payload.bytes(100))));
        assertPacket(second.await(1).getLast(), Payload.bytes(100), a, b);
        Await.success(b.writeAndFlush(datagrams.direct(Payload.bytes(50))));
        assertPacket(first.await(1).getLast(), Payload.bytes(50), b, a);
        // A recipient may be given all the same.
        Await.success(a.writeAndFlush(datagrams.packet(Payload.bytes(60), b)));
        assertPacket(second.await(2).getLast(), Payload.bytes(60), a, b);
        loops.assertIdle();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2048, 65_507})
    void shouldDeliverAllLengths(int length) throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(datagrams.udp(first));
        GLibDatagramChannel sender =
                DatagramFixture.bind(datagrams.udp(second).option(ChannelOption.SO_SNDBUF, 1 << 20));

        Await.success(sender.writeAndFlush(datagrams.packet(Payload.bytes(length), receiver)));
        assertPacket(first.await(1).getLast(), Payload.bytes(length), sender, receiver);
        Await.success(sender.connect(receiver.localAddress()));
        Await.success(sender.writeAndFlush(datagrams.packet(Payload.bytes(length), receiver)));
        assertPacket(first.await(2).getLast(), Payload.bytes(length), sender, receiver);
    }

    @Test
    void shouldSayThatDatagramWasTruncated() throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(
                datagrams.udp(first).option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(512)));
        GLibDatagramChannel sender = DatagramFixture.bind(datagrams.udp(second));

        sender.write(datagrams.packet(Payload.bytes(512), receiver));
        sender.write(datagrams.packet(Payload.bytes(513), receiver));
        sender.write(datagrams.packet(Payload.bytes(20_000), receiver));
        Await.success(sender.writeAndFlush(datagrams.packet(Payload.bytes(100), receiver)));

        assertThat(first.await(4))
                .extracting(Packet::length, Packet::truncated)
                .containsExactly(
                        tuple(512, null),
                        tuple(512, new GLibTruncatedDatagram(513, 512)),
                        tuple(512, new GLibTruncatedDatagram(20_000, 512)),
                        tuple(100, null));
    }
}
