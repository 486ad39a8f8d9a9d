package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connects and binds, and how they fail. */
@SuppressWarnings("FutureReturnValueIgnored") // calls with a promise of ours
class ConnectTest {
    /** So long that a busy machine has moved a channel before. */
    private static final int MOVED_TIMEOUT_MILLIS = 3_000;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    /** A server that is bound, but whose queue of connections is full: the kernel ignores further SYNs. */
    private static final class FullQueue implements AutoCloseable {
        private final ServerSocket server = new ServerSocket();
        private final List<SocketChannel> queued = new ArrayList<>();

        FullQueue() throws IOException, InterruptedException {
            server.bind(ChannelFixture.ANY_PORT, 1);
            // A backlog of n lets n + 1 in; more do no harm.
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(address());
                queued.add(channel);
            }
        }

        SocketAddress address() {
            return server.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : queued) {
                channel.close();
            }
            server.close();
        }
    }

    private static SocketAddress unusedAddress() throws IOException {
        try (Listener server = StreamKind.TCP.listen()) {
            return server.address();
        }
    }

    @Test
    void shouldSayWhoRefusedConnect() throws Exception {
        SocketAddress nobody = unusedAddress();

        Throwable cause = Await.failure(loops.client(events).connect(nobody));

        assertThat(cause)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Connection refused")
                .hasMessageContaining(nobody.toString());
        events.assertClosedOnce();
        assertThat(events.count(Event.ACTIVE)).isZero();
        assertThat(events.exceptions()).isEmpty();
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTimeOut(boolean readBefore) throws Exception {
        try (FullQueue full = new FullQueue()) {
            Channel channel = ChannelFixture.channel(loops.client(events)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 700)
                    .register());
            ChannelFuture connected = channel.connect(full.address());
            if (readBefore) {
                channel.read();
            }
            // While it waits, it does only that.
            SpinCheck.assertIdle(loops.loop());

            assertThat(Await.failure(connected))
                    .isInstanceOf(ConnectTimeoutException.class)
                    .hasMessageContaining("700 ms")
                    .hasMessageContaining(full.address().toString());
            events.assertClosedOnce();
            assertThat(channel.isOpen()).isFalse();
        }
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    /** The clock is that of the loop which it has left, whose thread must not close it any more. */
    @ParameterizedTest
    @EnumSource
    void shouldTimeOutInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        try (FullQueue full = new FullQueue()) {
            Channel channel = ChannelFixture.channel(loops.client(events)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, MOVED_TIMEOUT_MILLIS)
                    .register());
            ChannelFuture connected = channel.connect(full.address());
            Await.success(channel.deregister());
            Await.success(to.register(channel));
            assertThat(connected.isDone()).isFalse();

            assertThat(Await.failure(connected)).isInstanceOf(ConnectTimeoutException.class);
            Await.success(channel.closeFuture());
            assertThat(events.exceptions()).isEmpty();
            loops.assertNoChannelLeft();
        }
        loops.assertIdle();
    }

    @Test
    void shouldCloseWhenConnectIsCancelled() throws Exception {
        try (FullQueue full = new FullQueue()) {
            ChannelFuture connected = loops.client(events).connect(full.address());
            events.await(Event.REGISTERED);
            assertThat(connected.cancel(false)).isTrue();

            Await.done(connected.channel().closeFuture());
            events.assertClosedOnce();
            assertThat(connected.isCancelled()).isTrue();
        }
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldFailConnectThatIsUnderWayWhenClosed() throws Exception {
        try (FullQueue full = new FullQueue()) {
            Channel channel = ChannelFixture.channel(loops.client(events).register());
            ChannelFuture connected = channel.connect(full.address());
            Await.success(channel.close());

            assertThat(Await.failure(connected)).isInstanceOf(ClosedChannelException.class);
            events.assertClosedOnce();
        }
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldWriteWhatWasFlushedMeanwhile() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(events).register());
            ChannelPromise connected = channel.newPromise();
            ChannelPromise written = channel.newPromise();
            // In one go on the loop, which so cannot see the end of the connect.
            Await.success(loops.loop().submit(() -> {
                channel.connect(server.address(), connected);
                channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1000)), written);
            }));
            Await.success(connected);
            try (Peer peer = server.accept()) {
                assertThat(peer.read(1000)).isEqualTo(Payload.bytes(1000));
                Await.success(written);
            }
        }
    }

    @Test
    void shouldRefuseSecondConnect() throws Exception {
        try (FullQueue full = new FullQueue();
                Listener server = StreamKind.TCP.listen()) {
            Channel pending =
                    ChannelFixture.channel(loops.client(new Recorder()).register());
            ChannelFuture first = pending.connect(full.address());
            assertThat(Await.failure(pending.connect(full.address()))).isInstanceOf(ConnectionPendingException.class);
            assertThat(first.isDone()).isFalse();
            assertThat(pending.isOpen()).isTrue();

            Channel connected = ChannelFixture.channel(loops.client(events).connect(server.address()));
            assertThat(Await.failure(connected.connect(server.address())))
                    .isInstanceOf(AlreadyConnectedException.class);
            assertThat(connected.isActive()).isTrue();
        }
    }

    @Test
    void shouldRefuseConnectAfterClose() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(events).register());
        Await.success(channel.close());
        assertThat(Await.failure(channel.connect(unusedAddress()))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldRefuseUnresolvedAddress() throws Exception {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        Channel channel = ChannelFixture.channel(loops.client(events).register());

        assertThat(Await.failure(channel.connect(unresolved))).isInstanceOf(UnresolvedAddressException.class);
        assertThat(Await.failure(channel.bind(unresolved))).isInstanceOf(UnresolvedAddressException.class);
        assertThat(Await.failure(loops.server(new SharedSink()).bind(unresolved)))
                .isInstanceOf(UnresolvedAddressException.class);
    }

    @Test
    void shouldSayThatAddressIsTaken() throws Exception {
        Channel server = loops.bind(loops.server(new SharedSink()));

        Throwable cause = Await.failure(loops.server(new SharedSink()).bind(server.localAddress()));

        assertThat(cause).isInstanceOf(IOException.class).hasMessageContaining("Address already in use");
        assertThat(server.isActive()).isTrue();
        Await.success(server.close());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldNotConnectServer() throws Exception {
        Channel server = loops.bind(loops.server(new SharedSink()));
        assertThat(Await.failure(server.connect(server.localAddress())))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not connect");
        assertThat(server.isActive()).isTrue();
    }
}
