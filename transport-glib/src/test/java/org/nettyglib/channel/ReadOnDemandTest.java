package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads when, and how much. */
@ParameterizedClass
@EnumSource
class ReadOnDemandTest {
    private static final int CHUNK = 1000;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Recorder events = new Recorder();

    ReadOnDemandTest(StreamKind kind) {
        this.kind = kind;
    }

    private static MaxMessagesRecvByteBufAllocator oneChunkPerRead() {
        return new FixedRecvByteBufAllocator(CHUNK).maxMessagesPerRead(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotSpinWhenReadIsAskedForBeforeConnect(boolean autoRead) throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(kind, events)
                .option(ChannelOption.AUTO_READ, autoRead)
                .register());

        channel.read();
        loops.assertIdle();

        try (Listener server = kind.listen()) {
            Await.success(channel.connect(server.address()));
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(CHUNK));
                // It was asked for.
                events.awaitBytes(CHUNK);
                loops.assertIdle();
            }
        }
        kind.seeEnd(channel);
        events.assertClosedOnce();
    }

    @Test
    void shouldNotSpinWhenReadIsAskedForBeforeBind() throws Exception {
        Recorder child = new Recorder();
        Channel server = ChannelFixture.channel(
                loops.server(kind, child).option(ChannelOption.AUTO_READ, false).register());

        server.read();
        loops.assertIdle();

        Await.success(server.bind(kind.unusedAddress()));
        try (Peer peer = Peer.connect(server.localAddress())) {
            child.await(Event.ACTIVE);
            peer.shutdownOutput();
            child.assertClosedOnce();
        }
    }

    @Test
    void shouldReadNothingUnlessAsked() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connectOneByOne(server);
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(10 * CHUNK));
                loops.assertIdle();
                assertThat(events.messages()).isZero();
                assertThat(channel.isActive()).isTrue();
                Await.success(channel.close());
            }
        }
    }

    @Test
    void shouldReadOneByOne() throws Exception {
        int chunks = 50;
        byte[] data = Payload.bytes(chunks * CHUNK);
        try (Listener server = kind.listen()) {
            Channel channel = connectOneByOne(server);
            try (Peer peer = server.accept()) {
                peer.write(data);
                for (int i = 1; i <= chunks; i++) {
                    channel.read();
                    int asked = i;
                    Await.until(() -> events.count(Event.READ_COMPLETE) == asked, () -> asked + ". read");
                    assertThat(events.messages()).isEqualTo(asked);
                    assertThat(events.bytes()).isEqualTo((long) asked * CHUNK);
                }
                // Nothing more is there: this one waits.
                channel.read();
                loops.assertIdle();
                assertThat(events.messages()).isEqualTo(chunks);
                peer.write(Payload.bytes(CHUNK));
                events.awaitBytes((chunks + 1L) * CHUNK);
                assertThat(events.messages()).isEqualTo(chunks + 1);
                Await.success(channel.close());
            }
        }
    }

    private Channel connectOneByOne(Listener server) throws InterruptedException {
        return ChannelFixture.channel(loops.client(kind, events)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, oneChunkPerRead())
                .connect(server.address()));
    }

    @Test
    void shouldAcceptOneByOne() throws Exception {
        Recorder accepted = new Recorder();
        ServerChannelRecvByteBufAllocator one = new ServerChannelRecvByteBufAllocator();
        one.maxMessagesPerRead(1);
        Channel server = loops.bind(
                kind,
                loops.server(kind, new SharedSink())
                        .handler(accepted)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, one));
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            peers.add(Peer.connect(server.localAddress()));
        }
        loops.assertIdle();
        assertThat(accepted.count(Event.READ)).isZero();
        for (int i = 1; i <= 5; i++) {
            server.read();
            int asked = i;
            Await.until(() -> accepted.count(Event.READ_COMPLETE) == asked, () -> asked + ". accept");
            assertThat(accepted.count(Event.READ)).isEqualTo(asked);
        }
        for (Peer peer : peers) {
            peer.close();
        }
    }

    @Test
    void shouldLoseNothingWhileOthersSwitchAutoRead() throws Exception {
        byte[] data = Payload.bytes(16 << 20);
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events).connect(server.address()));
            try (Peer peer = server.accept()) {
                List<Thread> switches = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    switches.add(Thread.startVirtualThread(() -> switchAutoRead(channel, data.length)));
                }
                peer.write(data);
                for (Thread thread : switches) {
                    assertThat(thread.join(Duration.ofSeconds(Await.SECONDS))).isTrue();
                }
                channel.config().setAutoRead(true);
                events.awaitBytes(data.length);
                assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
                loops.assertIdle();
            }
        }
        events.assertClosedOnce();
    }

    private void switchAutoRead(Channel channel, long until) {
        boolean on = false;
        while (events.bytes() < until) {
            channel.config().setAutoRead(on);
            on = !on;
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldStopReadingAtOnceWhenAutoReadIsSwitchedOffInRead() throws Exception {
        Recorder stopping = new Recorder() {
            @Override
            void on(Event event, Channel channel, Object detail) throws Exception {
                super.on(event, channel, detail);
                if (event == Event.READ) {
                    channel.config().setAutoRead(false);
                }
            }
        };
        try (Listener server = kind.listen()) {
            ChannelFuture connected = loops.client(kind, stopping)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, oneChunkPerRead())
                    .connect(server.address());
            Channel channel = ChannelFixture.channel(connected);
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(20 * CHUNK));
                stopping.await(Event.READ_COMPLETE);
                loops.assertIdle();
                assertThat(stopping.messages()).isOne();
                Await.success(channel.close());
            }
        }
    }
}
