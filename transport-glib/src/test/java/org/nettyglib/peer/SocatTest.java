package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.Program;
import org.nettyglib.channel.StreamKind;

/** {@code socat} at the other end, which knows abstract names. */
class SocatTest {
    private static final byte[] DATA = Payload.bytes(3_000_000);

    /** How long it waits for the other direction when one has ended. */
    private static final String PATIENCE = "-t" + Await.SECONDS;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final String name = "glib-" + UUID.randomUUID();
    private final DomainSocketAddress address = new DomainSocketAddress('\0' + name);

    @BeforeEach
    void requireSocat() {
        Program.assumeInstalled("socat", "socat");
    }

    @Test
    void shouldEchoToClientAtAbstractName() throws Exception {
        ChannelFixture.channel(loops.server(StreamKind.UNIX, new Echo())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .bind(address));
        try (Program client = Program.start("socat", PATIENCE, "-", "ABSTRACT-CONNECT:" + name)) {
            client.write(DATA);
            client.closeInput();
            assertThat(client.awaitSuccess()).isEqualTo(DATA);
        }
        loops.assertIdle();
    }

    @Test
    void shouldTalkToServerAtAbstractName() throws Exception {
        try (Program server = Program.start("socat", PATIENCE, "ABSTRACT-LISTEN:" + name, "EXEC:cat")) {
            Collector received = new Collector();
            Channel channel = LateServer.connect(loops, StreamKind.UNIX, address, received);
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(DATA)));
            received.awaitEqual(DATA);
            Await.success(((DuplexChannel) channel).shutdownOutput());
            server.awaitSuccess();
            Await.success(channel.close());
        }
    }
}
