package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.loop.LoopFixture;

/** A TLS connection of GIO's whose handshake gets no answer: nothing of it stays open when its channel is closed. */
class IOStreamHandshakeDescriptorsTest {
    private static final int CONNECTIONS = 4;

    /** Connections that have sent their hello, and are closed. */
    private static void cutOff(LoopFixture fixture, int connections, boolean shutFirst) throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            List<Peer> peers = new ArrayList<>();
            List<Channel> channels = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                DuplexChannel channel = GioTlsClient.register(fixture.group(), GioTlsClient.connect(server.address()));
                Peer peer = server.accept();
                channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000)));
                assertThat(peer.read(1)).hasSize(1);
                if (shutFirst) {
                    channel.shutdownOutput();
                }
                channels.add(channel);
                peers.add(peer);
            }
            for (Channel channel : channels) {
                Await.success(channel.close());
            }
            Await.until(() -> fixture.loop().registeredChannels() == 0, () -> "the streams closed");
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    /** What java-gi's objects hold in C is dropped after they were collected. */
    private static boolean isOpenAtMost(int count) {
        System.gc();
        return OpenDescriptors.now().count() <= count;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveNothingOpen(boolean shutFirst) throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            cutOff(fixture, 1, shutFirst);
            int before = OpenDescriptors.now().count();
            cutOff(fixture, CONNECTIONS, shutFirst);
            Await.until(() -> isOpenAtMost(before), () -> before + " descriptors, but " + OpenDescriptors.now());
        }
    }

    /** A loop of its own, which ends: neither its context nor the stream stays. */
    @Test
    void shouldLeaveNothingOpenOfItsLoop() throws Exception {
        cutOffWithItsLoop();
        int before = OpenDescriptors.now().count();
        for (int i = 0; i < CONNECTIONS; i++) {
            cutOffWithItsLoop();
        }
        Await.until(() -> isOpenAtMost(before), () -> before + " descriptors, but " + OpenDescriptors.now());
    }

    private static void cutOffWithItsLoop() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            cutOff(fixture, 1, false);
        }
    }
}
