package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connects to Unix domain sockets, which are over at once, and how they fail. */
class DomainConnectTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    private void assertFailed() throws Exception {
        events.assertClosedOnce();
        assertThat(events.count(Event.ACTIVE)).isZero();
        assertThat(events.exceptions()).isEmpty();
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldSayWhoRefusedConnect() throws Exception {
        // Bound, but nobody listens.
        Socket bound = Socket.newSocketDomain();
        DomainSocketAddress address =
                new DomainSocketAddress('\0' + UUID.randomUUID().toString());
        bound.bind(address);
        try {
            assertThat(Await.failure(loops.client(StreamKind.UNIX, events).connect(address)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("Connection refused")
                    .hasMessageContaining(address.path());
            assertFailed();
        } finally {
            bound.close();
        }
    }

    /** Where TCP would try again, connect(2) fails: a blocking socket would wait. */
    @Test
    void shouldSayThatQueueIsFull() throws Exception {
        Socket server = Socket.newSocketDomain();
        DomainSocketAddress address =
                new DomainSocketAddress('\0' + UUID.randomUUID().toString());
        server.bind(address);
        server.listen(1);
        List<Socket> queued = new ArrayList<>();
        try {
            // A backlog of n lets n + 1 in.
            for (int i = 0; i < 2; i++) {
                queued.add(Socket.newSocketDomain());
                assertThat(queued.get(i).connect(address)).isTrue();
            }

            assertThat(Await.failure(loops.client(StreamKind.UNIX, events).connect(address)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Resource temporarily unavailable")
                    .hasMessageContaining(address.path());
            assertFailed();
        } finally {
            server.close();
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    @Test
    void shouldRefuseSecondConnect() throws Exception {
        try (Listener server = StreamKind.UNIX.listen()) {
            Channel channel =
                    ChannelFixture.channel(loops.client(StreamKind.UNIX, events).connect(server.address()));
            assertThat(Await.failure(channel.connect(server.address()))).isInstanceOf(AlreadyConnectedException.class);
            assertThat(channel.isActive()).isTrue();
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(10));
                events.awaitBytes(10);
            }
        }
    }

    @Test
    void shouldRefuseConnectAfterClose() throws Exception {
        Channel channel =
                ChannelFixture.channel(loops.client(StreamKind.UNIX, events).register());
        Await.success(channel.close());
        assertThat(Await.failure(channel.connect(new DomainSocketAddress("nowhere"))))
                .isInstanceOf(ClosedChannelException.class);
    }

    /** A Unix domain socket has no RST; who closes without having read all does as much. */
    @Test
    void shouldTellThatPeerDidNotReadAll() throws Exception {
        try (Listener server = StreamKind.UNIX.listen()) {
            Channel channel =
                    ChannelFixture.channel(loops.client(StreamKind.UNIX, events).connect(server.address()));
            Peer peer = server.accept();
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1000))));
            assertThat(peer.read(10)).hasSize(10);
            peer.close();

            events.assertClosedOnce();
            assertThat(events.exceptions())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Errors.NativeIoException.class,
                            e -> assertThat(e.expectedErr()).isEqualTo(Errors.ERRNO_ECONNRESET_NEGATIVE));
            loops.assertNoChannelLeft();
            loops.assertIdle();
        }
    }

    @Test
    void shouldFailWriteToPeerThatIsGone() throws Exception {
        try (Listener server = StreamKind.UNIX.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(StreamKind.UNIX, events)
                    .option(ChannelOption.AUTO_READ, false)
                    .connect(server.address()));
            Peer peer = server.accept();
            ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(16 << 20)));
            assertThat(peer.read(10)).hasSize(10);
            peer.close();
            assertThat(Await.failure(written)).isInstanceOf(IOException.class);
            events.assertClosedOnce();
            loops.assertIdle();
        }
    }
}
