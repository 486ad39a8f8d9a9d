package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The options of a server. */
class ServerOptionsTest {
    private static final int IPPROTO_TCP = 6;

    /** An address for documentation, RFC 5737, which no host has. */
    private static final String NOBODYS_ADDRESS = "192.0.2.1";

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private ServerBootstrap server() {
        return loops.server(new SharedSink());
    }

    @Test
    void shouldSetOptionsBeforeBind() throws Exception {
        ChannelConfig config = loops.bind(server().option(ChannelOption.SO_RCVBUF, 20_000)
                        .option(ChannelOption.SO_REUSEADDR, false)
                        .option(UnixChannelOption.SO_REUSEPORT, true)
                        .option(ChannelOption.SO_BACKLOG, 77)
                        .option(ChannelOption.TCP_FASTOPEN, 16)
                        .option(GLibChannelOption.TCP_DEFER_ACCEPT, 3)
                        .option(GLibChannelOption.IP_FREEBIND, true))
                .config();

        assertThat(config.getOptions())
                .containsEntry(ChannelOption.SO_RCVBUF, 40_000)
                .containsEntry(ChannelOption.SO_REUSEADDR, false)
                .containsEntry(UnixChannelOption.SO_REUSEPORT, true)
                .containsEntry(ChannelOption.SO_BACKLOG, 77)
                .containsEntry(ChannelOption.TCP_FASTOPEN, 16)
                .containsEntry(GLibChannelOption.IP_FREEBIND, true);
        // The kernel counts in retransmissions of the SYN-ACK: the first comes after 1 s, the second 2 s later.
        assertThat(config.getOption(GLibChannelOption.TCP_DEFER_ACCEPT)).isEqualTo(3);
        assertThat(config.getOption(new IntegerUnixChannelOption("TCP_FASTOPEN by number", IPPROTO_TCP, 23)))
                .isEqualTo(16);
    }

    @Test
    void shouldSetOptionsLater() throws Exception {
        ServerSocketChannelConfig config =
                (ServerSocketChannelConfig) loops.bind(server()).config();
        assertThat(config.isReuseAddress()).isTrue();
        assertThat(config.getBacklog()).isPositive();
        config.setReceiveBufferSize(30_000).setReuseAddress(false).setBacklog(5);
        assertThat(config.getReceiveBufferSize()).isEqualTo(60_000);
        assertThat(config.isReuseAddress()).isFalse();
        assertThat(config.getBacklog()).isEqualTo(5);
        assertThat(config.setOption(GLibChannelOption.TCP_DEFER_ACCEPT, 1)).isTrue();
        assertThat(config.getOption(GLibChannelOption.TCP_DEFER_ACCEPT)).isEqualTo(1);
    }

    @Test
    void shouldListAllOptions() throws Exception {
        Channel channel = loops.bind(server());
        Map<ChannelOption<?>, Object> options = channel.config().getOptions();
        assertThat(options)
                .containsKeys(
                        ChannelOption.ALLOCATOR,
                        ChannelOption.AUTO_READ,
                        ChannelOption.SO_RCVBUF,
                        ChannelOption.SO_REUSEADDR,
                        ChannelOption.SO_BACKLOG,
                        ChannelOption.TCP_FASTOPEN,
                        UnixChannelOption.SO_REUSEPORT,
                        GLibChannelOption.TCP_DEFER_ACCEPT,
                        GLibChannelOption.IP_FREEBIND,
                        GLibChannelOption.IP_TRANSPARENT)
                .doesNotContainKeys(ChannelOption.TCP_NODELAY, GLibChannelOption.TCP_CORK);
        options.forEach((option, value) ->
                assertThat((Object) channel.config().getOption(option)).isEqualTo(value));
    }

    @Test
    void shouldRefuseBadValuesAndUnknownOptions() throws Exception {
        ChannelConfig config = ChannelFixture.channel(server().register()).config();
        assertThatThrownBy(() -> config.setOption(ChannelOption.SO_BACKLOG, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("backlog")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> config.setOption(ChannelOption.TCP_FASTOPEN, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TCP_FASTOPEN");
        assertThat(config.setOption(ChannelOption.TCP_NODELAY, true)).isFalse();
        assertThat(config.setOption(GLibChannelOption.TCP_CORK, true)).isFalse();
    }

    @Test
    void shouldShareOnePort() throws Exception {
        Channel first = loops.bind(server().option(UnixChannelOption.SO_REUSEPORT, true));
        Channel second = ChannelFixture.channel(
                server().option(UnixChannelOption.SO_REUSEPORT, true).bind(first.localAddress()));
        assertThat(second.localAddress()).isEqualTo(first.localAddress());
        assertThat(Await.failure(server().bind(first.localAddress()))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldBindToAddressThatHostDoesNotHave() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(NOBODYS_ADDRESS), 0);
        assertThat(Await.failure(server().bind(address))).isInstanceOf(IOException.class);
        Channel free = ChannelFixture.channel(
                server().option(GLibChannelOption.IP_FREEBIND, true).bind(address));
        assertThat(((InetSocketAddress) free.localAddress()).getAddress()).isEqualTo(address.getAddress());
    }

    @Test
    void shouldBindTransparently() throws Exception {
        Channel channel = ChannelFixture.channel(server().register());
        if (Privileged.setOrRefused(channel.config(), GLibChannelOption.IP_TRANSPARENT, true)) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(NOBODYS_ADDRESS), 0);
            Await.success(channel.bind(address));
            assertThat(((InetSocketAddress) channel.localAddress()).getAddress())
                    .isEqualTo(address.getAddress());
        }
    }

    /** Nobody is accepted before the first data comes. */
    @Test
    void shouldDeferAccept() throws Exception {
        Recorder child = new Recorder();
        Channel server = loops.bind(loops.server(child).option(GLibChannelOption.TCP_DEFER_ACCEPT, 30));
        try (Peer peer = Peer.connect(server.localAddress())) {
            loops.assertIdle();
            assertThat(child.events()).isEmpty();
            peer.write(Payload.bytes(10));
            child.awaitBytes(10);
        }
    }
}
