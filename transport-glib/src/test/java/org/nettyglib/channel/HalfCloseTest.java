package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A FIN of the peer's, or our own. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
@ParameterizedClass
@EnumSource
class HalfCloseTest {
    /** More than one read, and less than the buffers of the kernel take while nobody reads. */
    private static final int PENDING = 40_000;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Recorder events = new Recorder();

    HalfCloseTest(StreamKind kind) {
        this.kind = kind;
    }

    private static Stream<Arguments> mixes() {
        return Stream.of(true, false)
                .flatMap(autoRead -> Stream.of(0, PENDING).map(pending -> arguments(autoRead, pending)));
    }

    private DuplexChannel connect(Listener server, boolean halfClosure, boolean autoRead) throws Exception {
        return (DuplexChannel) ChannelFixture.channel(loops.client(kind, events)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure)
                .option(ChannelOption.AUTO_READ, autoRead)
                .connect(server.address()));
    }

    @ParameterizedTest(name = "autoRead {0}, {1} bytes pending")
    @MethodSource("mixes")
    void shouldReadAllAndCloseWhenPeerShutsItsSide(boolean autoRead, int pending) throws Exception {
        byte[] data = Payload.bytes(pending);
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, false, autoRead);
            try (Peer peer = server.accept()) {
                peer.write(data);
                peer.shutdownOutput();

                kind.seeEnd(channel);
                events.assertClosedOnce();
                assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
                assertThat(events.count(Event.INPUT_SHUT)).isZero();
                assertThat(events.exceptions()).isEmpty();
                assertThat(channel.isShutdown()).isTrue();
                assertThat(peer.readAll()).isEmpty();
            }
            loops.assertNoChannelLeft();
            loops.assertIdle();
        }
    }

    @ParameterizedTest(name = "autoRead {0}, {1} bytes pending")
    @MethodSource("mixes")
    void shouldStayOpenForWritingWhenPeerShutsItsSide(boolean autoRead, int pending) throws Exception {
        byte[] data = Payload.bytes(pending);
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, true, autoRead);
            try (Peer peer = server.accept()) {
                peer.write(data);
                peer.shutdownOutput();

                kind.seeEnd(channel);
                events.await(Event.INPUT_SHUT_READ_COMPLETE);
                assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
                loops.assertIdle();
                assertThat(channel.isInputShutdown()).isTrue();
                assertThat(channel.isOutputShutdown()).isFalse();
                assertThat(channel.isActive()).isTrue();

                // More than the kernel takes at once, so that the channel has to wait for OUT.
                byte[] answer = Payload.bytes(16 << 20);
                channel.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(written -> channel.shutdownOutput());
                assertThat(Payload.checksum(peer.readAll())).isEqualTo(Payload.checksum(answer));
            }
            loops.assertIdle();
            assertThat(events.count(Event.INPUT_SHUT)).isOne();
            assertThat(events.count(Event.INPUT_SHUT_READ_COMPLETE)).isOne();
            assertThat(events.events().indexOf(Event.INPUT_SHUT))
                    .isLessThan(events.events().indexOf(Event.INPUT_SHUT_READ_COMPLETE))
                    .isGreaterThan(events.events().lastIndexOf(Event.READ));
            assertThat(events.exceptions()).isEmpty();
            Await.success(channel.close());
            events.assertClosedOnce();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotSpinWhenReadIsAskedForAfterTheEnd(boolean autoRead) throws Exception {
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, true, autoRead);
            try (Peer peer = server.accept()) {
                peer.shutdownOutput();
                kind.seeEnd(channel);
                events.await(Event.INPUT_SHUT_READ_COMPLETE);

                for (int i = 0; i < 10; i++) {
                    channel.read();
                }
                channel.config().setAutoRead(!autoRead);
                channel.config().setAutoRead(true);

                loops.assertIdle();
                assertThat(events.count(Event.INPUT_SHUT)).isOne();
                assertThat(events.count(Event.INPUT_SHUT_READ_COMPLETE)).isOne();
                assertThat(channel.isActive()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadOnAfterOwnShutdownOfOutput(boolean halfClosure) throws Exception {
        byte[] data = Payload.bytes(PENDING);
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, halfClosure, true);
            try (Peer peer = server.accept()) {
                Await.success(channel.shutdownOutput());
                assertThat(peer.readAll()).isEmpty();
                loops.assertIdle();

                peer.write(data);
                events.awaitBytes(PENDING);
                assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
                assertThat(channel.isActive()).isTrue();
            }
            // Both directions are shut now: poll(2) says HUP, whatever it is asked for.
            if (halfClosure) {
                events.await(Event.INPUT_SHUT_READ_COMPLETE);
                loops.assertIdle();
                assertThat(events.count(Event.INPUT_SHUT)).isOne();
                assertThat(events.count(Event.INPUT_SHUT_READ_COMPLETE)).isOne();
                Await.success(channel.close());
            }
            events.assertClosedOnce();
            loops.assertIdle();
        }
    }

    @Test
    void shouldShutOutputAfterWhatWasWritten() throws Exception {
        byte[] data = Payload.bytes(4 << 20);
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, true, true);
            try (Peer peer = server.accept()) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(data)).addListener(written -> channel.shutdownOutput());

                assertThat(Payload.checksum(peer.readAll())).isEqualTo(Payload.checksum(data));
                assertThat(Await.failure(channel.writeAndFlush(Unpooled.wrappedBuffer(data))))
                        .isInstanceOf(ClosedChannelException.class);
                assertThat(channel.isOutputShutdown()).isTrue();
                assertThat(channel.isActive()).isTrue();
            }
        }
    }

    @Test
    void shouldFailPendingWriteWhenOutputIsShut() throws Exception {
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, true, true);
            try (Peer peer = server.accept()) {
                var written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(32 << 20)));
                Await.success(channel.shutdownOutput());

                assertThat(Await.failure(written)).isNotNull();
                loops.assertIdle();
                assertThat(channel.isActive()).isTrue();
                peer.write(Payload.bytes(10));
                events.awaitBytes(10);
            }
        }
    }

    /**
     * The peer of a TCP connection can go on sending, which must not wake the loop for ever. The peer of a Unix domain
     * socket is told.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldWriteOnAfterOwnShutdownOfInput(boolean autoRead) throws Exception {
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, true, autoRead);
            try (Peer peer = server.accept()) {
                Await.success(channel.shutdownInput());
                assertThat(channel.isInputShutdown()).isTrue();

                if (kind != StreamKind.UNIX) {
                    peer.write(Payload.bytes(1000));
                } else {
                    assertThatThrownBy(() -> peer.write(Payload.bytes(1000))).hasMessageContaining("Broken pipe");
                }
                loops.assertIdle();

                Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1000))));
                assertThat(Payload.checksum(peer.read(1000))).isEqualTo(Payload.checksum(Payload.bytes(1000)));
                assertThat(channel.isActive()).isTrue();
            }
            loops.assertIdle();
        }
    }

    @Test
    void shouldShutBothDirectionsAtOnce() throws Exception {
        try (Listener server = kind.listen()) {
            DuplexChannel channel = connect(server, true, true);
            try (Peer peer = server.accept()) {
                Await.success(channel.shutdown());

                assertThat(peer.readAll()).isEmpty();
                assertThat(channel.isShutdown()).isTrue();
                loops.assertIdle();
            }
            loops.assertIdle();
            Await.success(channel.close());
            events.assertClosedOnce();
        }
    }
}
