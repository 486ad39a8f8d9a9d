package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketChannelConfig;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The options of Unix domain channels. */
class DomainOptionsTest {
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private Channel client() throws InterruptedException {
        return ChannelFixture.channel(
                loops.client(StreamKind.UNIX, new Recorder()).register());
    }

    private Channel server() throws InterruptedException {
        return loops.bind(StreamKind.UNIX, loops.server(StreamKind.UNIX, new SharedSink()));
    }

    private static int kernel(ChannelConfig config, int name) {
        return config.getOption(new IntegerUnixChannelOption("by number", SOL_SOCKET, name));
    }

    @Test
    void shouldSetBufferSizes() throws Exception {
        try (Listener server = StreamKind.UNIX.listen()) {
            ChannelConfig config = ChannelFixture.channel(loops.client(StreamKind.UNIX, new Recorder())
                            .option(ChannelOption.SO_RCVBUF, 20_000)
                            .option(ChannelOption.SO_SNDBUF, 30_000)
                            .connect(server.address()))
                    .config();
            // The kernel doubles both, for its own bookkeeping.
            assertBufferSizes(config, 40_000, 60_000);
            assertThat(config.setOption(ChannelOption.SO_RCVBUF, 25_000)).isTrue();
            assertThat(config.setOption(ChannelOption.SO_SNDBUF, 35_000)).isTrue();
            assertBufferSizes(config, 50_000, 70_000);
        }
    }

    private static void assertBufferSizes(ChannelConfig config, int receive, int send) {
        assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(receive);
        assertThat(config.getOption(ChannelOption.SO_SNDBUF)).isEqualTo(send);
        assertThat(kernel(config, SO_RCVBUF)).isEqualTo(receive);
        assertThat(kernel(config, SO_SNDBUF)).isEqualTo(send);
    }

    @Test
    void shouldKeepOwnOptions() throws Exception {
        DomainSocketChannelConfig config = (DomainSocketChannelConfig) ChannelFixture.channel(loops.client(
                                StreamKind.UNIX, new Recorder())
                        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .option(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                        .option(GLibChannelOption.PRIORITY, -5)
                        .option(ChannelOption.AUTO_READ, false)
                        .register())
                .config();
        assertThat(config.getOptions())
                .containsEntry(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .containsEntry(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                .containsEntry(GLibChannelOption.PRIORITY, -5)
                .containsEntry(ChannelOption.AUTO_READ, false);
        assertThat(config.getReadMode()).isEqualTo(DomainSocketReadMode.FILE_DESCRIPTORS);
        config.setReadMode(DomainSocketReadMode.BYTES);
        assertThat(config.getOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE)).isEqualTo(DomainSocketReadMode.BYTES);
    }

    @Test
    void shouldListAllOptionsOfConnection() throws Exception {
        ChannelConfig config = client().config();
        Map<ChannelOption<?>, Object> options = config.getOptions();
        assertThat(options)
                .containsKeys(
                        ChannelOption.ALLOCATOR,
                        ChannelOption.RECVBUF_ALLOCATOR,
                        ChannelOption.SO_RCVBUF,
                        ChannelOption.SO_SNDBUF,
                        ChannelOption.ALLOW_HALF_CLOSURE,
                        UnixChannelOption.DOMAIN_SOCKET_READ_MODE,
                        GLibChannelOption.PRIORITY)
                .doesNotContainKeys(
                        ChannelOption.TCP_NODELAY,
                        ChannelOption.SO_BACKLOG,
                        ChannelOption.IP_TOS,
                        GLibChannelOption.TCP_CORK);
        options.forEach(
                (option, value) -> assertThat((Object) config.getOption(option)).isEqualTo(value));
    }

    @Test
    void shouldListAllOptionsOfServer() throws Exception {
        ChannelConfig config = server().config();
        Map<ChannelOption<?>, Object> options = config.getOptions();
        assertThat(options)
                .containsKeys(
                        ChannelOption.ALLOCATOR,
                        ChannelOption.SO_RCVBUF,
                        ChannelOption.SO_REUSEADDR,
                        ChannelOption.SO_BACKLOG,
                        GLibChannelOption.PRIORITY)
                .doesNotContainKeys(
                        ChannelOption.SO_SNDBUF,
                        ChannelOption.TCP_FASTOPEN,
                        UnixChannelOption.DOMAIN_SOCKET_READ_MODE,
                        GLibChannelOption.TCP_DEFER_ACCEPT);
        options.forEach(
                (option, value) -> assertThat((Object) config.getOption(option)).isEqualTo(value));
    }

    @Test
    void shouldSetOptionsOfServer() throws Exception {
        ChannelConfig config = server().config();
        assertThat(config.setOption(ChannelOption.SO_RCVBUF, 30_000)).isTrue();
        assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(60_000).isEqualTo(kernel(config, SO_RCVBUF));
        assertThat(config.setOption(ChannelOption.SO_REUSEADDR, true)).isTrue();
        assertThat(config.getOption(ChannelOption.SO_REUSEADDR)).isTrue();
        assertThat(kernel(config, SO_REUSEADDR)).isOne();
        assertThat(config.setOption(ChannelOption.SO_BACKLOG, 7)).isTrue();
        assertThat(config.getOption(ChannelOption.SO_BACKLOG)).isEqualTo(7);
        assertThat(config.setOption(GLibChannelOption.PRIORITY, 100)).isTrue();
        assertThat(config.getOption(GLibChannelOption.PRIORITY)).isEqualTo(100);
    }

    @Test
    void shouldRefuseOptionsOfOtherChannels() throws Exception {
        ChannelConfig client = client().config();
        assertThat(client.setOption(ChannelOption.TCP_NODELAY, true)).isFalse();
        assertThat(client.getOption(ChannelOption.TCP_NODELAY)).isNull();
        assertThat(client.setOption(ChannelOption.SO_BACKLOG, 1)).isFalse();
        ChannelConfig server = server().config();
        assertThat(server.setOption(ChannelOption.TCP_FASTOPEN, 1)).isFalse();
        assertThat(server.setOption(UnixChannelOption.SO_REUSEPORT, true)).isFalse();
        assertThat(server.setOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.BYTES))
                .isFalse();
    }

    @Test
    void shouldTakeOptionsByNumber() throws Exception {
        ChannelConfig config = client().config();
        assertThat(config.setOption(new IntegerUnixChannelOption("SO_SNDBUF", SOL_SOCKET, SO_SNDBUF), 10_000))
                .isTrue();
        assertThat(config.getOption(ChannelOption.SO_SNDBUF)).isEqualTo(20_000);
        RawUnixChannelOption raw = new RawUnixChannelOption("SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, Integer.BYTES);
        assertThat(config.getOption(raw).order(ByteOrder.nativeOrder()).getInt())
                .isEqualTo(20_000);
    }

    @Test
    void shouldSayWhichOptionOfClosedChannelFailed() throws Exception {
        Channel channel = client();
        Await.success(channel.close());
        assertThatThrownBy(() -> channel.config().getOption(ChannelOption.SO_SNDBUF))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("SO_SNDBUF");
    }

    /** The kernel lets one more in than the backlog says. */
    @Test
    void shouldTellKernelTheBacklog() throws Exception {
        Channel server = loops.bind(
                StreamKind.UNIX,
                loops.server(StreamKind.UNIX, new SharedSink())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.SO_BACKLOG, 2));
        for (int i = 0; i < 3; i++) {
            ChannelFixture.channel(
                    loops.client(StreamKind.UNIX, new SharedSink()).connect(server.localAddress()));
        }
        assertThat(Await.failure(loops.client(StreamKind.UNIX, new SharedSink()).connect(server.localAddress())))
                .hasMessageContaining("Resource temporarily unavailable");
    }
}
