package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;

/** Another connection of the loop, to see that it goes on whatever happens to the one under test. */
final class Neighbour implements AutoCloseable {
    private final Channel server;
    private final Peer peer;

    Neighbour(ChannelFixture loops) throws InterruptedException, IOException {
        server = loops.bind(loops.server(new SharedEcho()));
        peer = Peer.connect(server.localAddress());
        assertAlive();
    }

    void assertAlive() throws IOException {
        byte[] data = Payload.bytes(5000);
        peer.write(data);
        assertThat(peer.read(data.length)).isEqualTo(data);
    }

    @Override
    public void close() throws InterruptedException, IOException {
        peer.close();
        Await.success(server.close());
    }
}
