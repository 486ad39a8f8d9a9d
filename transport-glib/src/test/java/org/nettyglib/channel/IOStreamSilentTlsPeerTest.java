package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.IOStream;
import org.junit.jupiter.api.Test;
import org.nettyglib.loop.LoopFixture;

/** A connection with TLS of GIO's whose handshake gets no answer. When the channel closes, the peer has to see the end. */
class IOStreamSilentTlsPeerTest {
    /** What ends the channel. */
    private interface End {
        void of(Channel channel) throws Exception;
    }

    private static void assertPeerSeesTheEnd(EventLoopGroup group, End end) throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            IOStream stream = GioTlsClient.connect(server.address());
            try (Peer peer = server.accept()) {
                Channel channel = GioTlsClient.register(group, stream);
                ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000)));
                // The client's hello, which nobody answers.
                assertThat(peer.read(1)).hasSize(1);
                assertThat(written.isDone()).isFalse();
                CompletableFuture<byte[]> rest = CompletableFuture.supplyAsync(
                        () -> readAll(peer),
                        task -> Thread.ofPlatform().daemon().start(task));
                end.of(channel);
                assertThat(rest.get(Await.SECONDS, TimeUnit.SECONDS)).isNotEmpty();
                assertThat(Await.failure(written)).isNotNull();
            }
        }
    }

    private static byte[] readAll(Peer peer) {
        try {
            return peer.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSeeTheEndOfAChannelThatIsClosed() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertPeerSeesTheEnd(fixture.group(), channel -> Await.success(channel.close()));
        }
    }

    @Test
    void shouldSeeTheEndOfALoop() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertPeerSeesTheEnd(fixture.group(), channel -> fixture.close());
        }
    }
}
