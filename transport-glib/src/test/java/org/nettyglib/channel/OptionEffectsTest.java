package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What some options of a connection bring about. */
class OptionEffectsTest {
    /** {@code netinet/tcp.h}: TCP_ESTABLISHED. */
    private static final int ESTABLISHED = 1;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @Test
    void shouldResetWhenItLingersForNoTime() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(
                    loops.client(events).option(ChannelOption.SO_LINGER, 0).connect(server.address()));
            try (Peer peer = server.accept()) {
                Await.success(channel.close());
                assertThatThrownBy(peer::readAll)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
    }

    /** The close waits for the peer elsewhere, and the loop goes on. */
    @Test
    void shouldDeliverAllWhileItLingers() throws Exception {
        int length = 1 << 20;
        try (Listener server = StreamKind.TCP.listen();
                Neighbour neighbour = new Neighbour(loops)) {
            Channel channel = ChannelFixture.channel(loops.client(events)
                    .option(ChannelOption.SO_LINGER, (int) Await.SECONDS)
                    .connect(server.address()));
            try (Peer peer = server.accept()) {
                ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(length)));
                assertThat(peer.read(length / 2)).hasSize(length / 2);
                Await.success(written);
                ChannelFuture closed = channel.close();
                neighbour.assertAlive();
                loops.assertIdle();
                assertThat(peer.readAll()).hasSize(length - length / 2);
                Await.success(closed);
            }
            events.assertClosedOnce();
        }
        loops.assertNoChannelLeft();
    }

    /** A lingering close leaves the loop before it blocks; shutdown(2) does not block, and the channel goes on. */
    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the peer sees what comes of it
    void shouldWriteOnAfterOwnShutdownOfInputOfLingeringChannel() throws Exception {
        byte[] data = Payload.bytes(16 << 20);
        try (Listener server = StreamKind.TCP.listen()) {
            DuplexChannel channel = (DuplexChannel) ChannelFixture.channel(loops.client(events)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .option(ChannelOption.SO_LINGER, 1)
                    .connect(server.address()));
            try (Peer peer = server.accept()) {
                Await.success(channel.shutdownInput());
                channel.writeAndFlush(Unpooled.wrappedBuffer(data)).addListener(written -> channel.shutdownOutput());
                assertThat(Payload.checksum(peer.readAll())).isEqualTo(Payload.checksum(data));
                Await.success(channel.close());
            }
        }
    }

    @Test
    void shouldHoldBackPartialFramesWhileCorked() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(events).connect(server.address()));
            try (Peer peer = server.accept()) {
                for (int i = 0; !holdsBackWhileCorked(channel, peer); i++) {
                    assertThat(i).as("tries on a busy machine").isLessThan(10);
                }
            }
        }
    }

    /** Returns false if it took so long that the kernel, which holds back for 200 ms, had let the bytes go. */
    private static boolean holdsBackWhileCorked(Channel channel, Peer peer) throws Exception {
        channel.config().setOption(GLibChannelOption.TCP_CORK, true);
        long start = System.nanoTime();
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(10))));
        int available = peer.available();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        channel.config().setOption(GLibChannelOption.TCP_CORK, false);
        assertThat(peer.read(10)).hasSize(10);
        if (available > 0) {
            assertThat(millis).as("held back").isGreaterThanOrEqualTo(200);
            return false;
        }
        return true;
    }

    @Test
    void shouldLeaveChoiceOfPortToConnect() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(events)
                    .option(GLibChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                    .register());
            InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), 0);
            Await.success(channel.bind(from));
            assertThat(((InetSocketAddress) channel.localAddress()).getPort()).isZero();

            Await.success(channel.connect(server.address()));

            InetSocketAddress local = (InetSocketAddress) channel.localAddress();
            assertThat(local.getAddress()).isEqualTo(from.getAddress());
            assertThat(local.getPort()).isPositive();
        }
    }

    @Test
    void shouldTellWhatKernelKnowsOfConnection() throws Exception {
        int length = 1 << 20;
        try (Listener server = StreamKind.TCP.listen()) {
            GLibSocketChannel channel = (GLibSocketChannel)
                    ChannelFixture.channel(loops.client(events).connect(server.address()));
            try (Peer peer = server.accept()) {
                ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(length)));
                assertThat(peer.read(length)).hasSize(length);
                Await.success(written);
                peer.write(Payload.bytes(1000));
                events.awaitBytes(1000);

                GLibTcpInfo info = channel.tcpInfo();
                assertThat(info.state()).isEqualTo(ESTABLISHED);
                assertThat(info.rtt()).isBetween(1L, 10_000_000L);
                assertThat(info.rttvar()).isBetween(1L, 10_000_000L);
                assertThat(info.rto()).isBetween(1_000L, 120_000_000L);
                assertThat(info.sndMss()).isBetween(500L, 70_000L);
                assertThat(info.advmss()).isBetween(500L, 70_000L);
                assertThat(info.pmtu()).isBetween(576L, 70_000L);
                assertThat(info.sndCwnd()).isBetween(1L, 1L << 20);
                assertThat(info.rcvSpace()).isPositive();
                assertThat(info.lastDataRecv()).isLessThan(60_000L);
                assertThat(info.lastDataSent()).isLessThan(60_000L);
                assertThat(info.sndWscale()).isBetween(0, 14);
                assertThat(info.rcvWscale()).isBetween(0, 14);

                peer.shutdownOutput();
                events.assertClosedOnce();
            }
        }
    }

    @Test
    void shouldSeeStateOfHalfClosedConnection() throws Exception {
        // netinet/tcp.h: TCP_FIN_WAIT1 is 4, TCP_FIN_WAIT2 is 5.
        try (Listener server = StreamKind.TCP.listen()) {
            GLibSocketChannel channel = (GLibSocketChannel)
                    ChannelFixture.channel(loops.client(events).connect(server.address()));
            try (Peer peer = server.accept()) {
                Await.success(((DuplexChannel) channel).shutdownOutput());
                assertThat(peer.readAll()).isEmpty();
                assertThat(channel.tcpInfo().state()).isIn(4, 5);
            }
        }
    }
}
