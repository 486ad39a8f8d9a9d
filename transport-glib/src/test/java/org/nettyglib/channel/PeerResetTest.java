package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that ends the connection with a RST. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
class PeerResetTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellResetWhileReading(boolean halfClosure) throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(events)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure)
                    .connect(server.address()));
            Peer peer = server.accept();
            peer.write(Payload.bytes(1000));
            events.awaitBytes(1000);

            peer.reset();

            events.await(Event.EXCEPTION);
            assertReset(events.exceptions().getFirst());
            if (halfClosure) {
                // The other direction is the user's to close.
                loops.assertIdle();
                Await.success(channel.close());
            }
            events.assertClosedOnce();
            loops.assertNoChannelLeft();
            loops.assertIdle();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNoticeResetThoughNobodyReads(boolean dataPending) throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            ChannelFixture.channel(
                    loops.client(events).option(ChannelOption.AUTO_READ, false).connect(server.address()));
            Peer peer = server.accept();
            if (dataPending) {
                peer.write(Payload.bytes(1000));
            }

            peer.reset();

            events.assertClosedOnce();
            assertThat(events.exceptions()).hasSize(1);
            assertReset(events.exceptions().getFirst());
            loops.assertNoChannelLeft();
            loops.assertIdle();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailPendingWriteWhenPeerResets(boolean autoRead) throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(events)
                    .option(ChannelOption.AUTO_READ, autoRead)
                    .connect(server.address()));
            Peer peer = server.accept();
            ChannelFuture first = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(16 << 20)));
            ChannelFuture second = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1000)));
            peer.read(100);

            peer.reset();

            assertThat(Await.failure(first)).isInstanceOf(IOException.class);
            assertThat(Await.failure(second)).isInstanceOf(IOException.class);
            events.assertClosedOnce();
            loops.assertNoChannelLeft();
            loops.assertIdle();
        }
    }

    @Test
    void shouldFailWriteAfterResetThatNobodyRead() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(events).connect(server.address()));
            Peer peer = server.accept();
            // In one go on the loop, which so has no chance to see the RST before it writes.
            ChannelPromise written = channel.newPromise();
            loops.loop().execute(() -> {
                reset(peer);
                channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(10)), written);
            });

            Throwable cause = Await.failure(written);
            assertThat(cause).isInstanceOf(Errors.NativeIoException.class);
            assertThat(((Errors.NativeIoException) cause).expectedErr())
                    .isIn(Errors.ERRNO_ECONNRESET_NEGATIVE, Errors.ERRNO_EPIPE_NEGATIVE);
            events.assertClosedOnce();
        }
    }

    @Test
    void shouldKeepServerWhenConnectionIsResetBeforeAccept() throws Exception {
        Recorder child = new Recorder();
        Channel server = loops.bind(loops.server(child).option(ChannelOption.AUTO_READ, false));
        Peer.connect(server.localAddress()).reset();
        loops.assertIdle();

        server.config().setAutoRead(true);

        child.assertClosedOnce();
        assertThat(server.isActive()).isTrue();
        loops.assertIdle();
    }

    private static void reset(Peer peer) {
        try {
            peer.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertReset(Throwable cause) {
        assertThat(cause).isInstanceOf(Errors.NativeIoException.class);
        assertThat(((Errors.NativeIoException) cause).expectedErr()).isEqualTo(Errors.ERRNO_ECONNRESET_NEGATIVE);
    }
}
