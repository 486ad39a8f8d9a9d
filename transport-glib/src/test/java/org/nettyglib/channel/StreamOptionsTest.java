package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of a connection. */
class StreamOptionsTest {
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_KEEPIDLE = 4;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    /** An option, a value other than its default, and where the kernel keeps it: level and name of setsockopt(2). */
    private static Stream<Arguments> kernelOptions() {
        return Stream.of(
                arguments(ChannelOption.TCP_NODELAY, false, IPPROTO_TCP, 1, 0),
                arguments(ChannelOption.SO_KEEPALIVE, true, SOL_SOCKET, 9, 1),
                arguments(ChannelOption.SO_REUSEADDR, true, SOL_SOCKET, 2, 1),
                arguments(UnixChannelOption.SO_REUSEPORT, true, SOL_SOCKET, 15, 1),
                arguments(ChannelOption.IP_TOS, 0x10, IPPROTO_IP, 1, 0x10),
                arguments(GLibChannelOption.TCP_CORK, true, IPPROTO_TCP, 3, 1),
                arguments(GLibChannelOption.TCP_KEEPIDLE, 123, IPPROTO_TCP, TCP_KEEPIDLE, 123),
                arguments(GLibChannelOption.TCP_KEEPINTVL, 45, IPPROTO_TCP, 5, 45),
                arguments(GLibChannelOption.TCP_KEEPCNT, 6, IPPROTO_TCP, 6, 6),
                arguments(GLibChannelOption.TCP_USER_TIMEOUT, 7890, IPPROTO_TCP, 18, 7890),
                arguments(GLibChannelOption.TCP_NOTSENT_LOWAT, 16384L, IPPROTO_TCP, 25, 16384),
                arguments(GLibChannelOption.TCP_NOTSENT_LOWAT, 0xFFFF_FFFEL, IPPROTO_TCP, 25, -2),
                arguments(GLibChannelOption.TCP_QUICKACK, false, IPPROTO_TCP, 12, 0),
                arguments(GLibChannelOption.IP_FREEBIND, true, IPPROTO_IP, 15, 1),
                arguments(GLibChannelOption.IP_BIND_ADDRESS_NO_PORT, true, IPPROTO_IP, 24, 1));
    }

    /** The kernel decides anew on TCP_QUICKACK when it connects. */
    private static Stream<Arguments> kernelOptionsThatOutliveConnect() {
        return kernelOptions().filter(option -> !GLibChannelOption.TCP_QUICKACK.equals(option.get()[0]));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("kernelOptionsThatOutliveConnect")
    <T> void shouldSetOptionOfKernelBeforeConnect(ChannelOption<T> option, T value, int level, int name, int kernel)
            throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(
                    loops.client(new Recorder()).option(option, value).connect(server.address()));
            assertSet(channel.config(), option, value, level, name, kernel);
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("kernelOptions")
    <T> void shouldSetOptionOfKernelLater(ChannelOption<T> option, T value, int level, int name, int kernel)
            throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel =
                    ChannelFixture.channel(loops.client(new Recorder()).connect(server.address()));
            ChannelConfig config = channel.config();
            T before = config.getOption(option);

            assertThat(config.setOption(option, value)).isTrue();
            assertSet(config, option, value, level, name, kernel);

            if (!option.equals(GLibChannelOption.TCP_QUICKACK)) {
                assertThat(config.setOption(option, before)).isTrue();
                assertThat(config.getOption(option)).isEqualTo(before);
            }
        }
    }

    private static <T> void assertSet(
            ChannelConfig config, ChannelOption<T> option, T value, int level, int name, int kernel) {
        assertThat(config.getOption(option)).isEqualTo(value);
        assertThat(config.getOption(new IntegerUnixChannelOption(option.name() + " by number", level, name)))
                .isEqualTo(kernel);
        assertThat(config.getOptions()).containsEntry(option, value);
    }

    @Test
    void shouldSetBufferSizes() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder())
                .option(ChannelOption.SO_RCVBUF, 20_000)
                .option(ChannelOption.SO_SNDBUF, 30_000)
                .register());
        SocketChannelConfig config = (SocketChannelConfig) channel.config();
        // The kernel doubles both, for its own bookkeeping.
        assertThat(config.getReceiveBufferSize()).isEqualTo(40_000);
        assertThat(config.getSendBufferSize()).isEqualTo(60_000);
        config.setReceiveBufferSize(25_000).setSendBufferSize(35_000);
        assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(50_000);
        assertThat(config.getOption(ChannelOption.SO_SNDBUF)).isEqualTo(70_000);
    }

    @Test
    void shouldSetLinger() throws Exception {
        Channel channel = ChannelFixture.channel(
                loops.client(new Recorder()).option(ChannelOption.SO_LINGER, 5).register());
        SocketChannelConfig config = (SocketChannelConfig) channel.config();
        assertThat(config.getSoLinger()).isEqualTo(5);
        config.setSoLinger(-1);
        assertThat(config.getOption(ChannelOption.SO_LINGER)).isEqualTo(-1);
        config.setSoLinger(0);
        assertThat(config.getOption(ChannelOption.SO_LINGER)).isZero();
    }

    /** Busy polling can be refused by the kernel's configuration or to those who are not root. */
    @Test
    void shouldSetBusyPoll() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder()).register());
        Privileged.setOrRefused(channel.config(), GLibChannelOption.SO_BUSY_POLL, 50);
    }

    @Test
    void shouldSetTransparent() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder()).register());
        Privileged.setOrRefused(channel.config(), GLibChannelOption.IP_TRANSPARENT, true);
    }

    @Test
    void shouldKeepOwnOptions() throws Exception {
        WriteBufferWaterMark waterMark = new WriteBufferWaterMark(10, 20);
        Channel channel = ChannelFixture.channel(loops.client(new Recorder())
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_FASTOPEN_CONNECT, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
                .option(ChannelOption.WRITE_SPIN_COUNT, 3)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1234)
                .option(ChannelOption.AUTO_READ, false)
                .register());
        ChannelConfig config = channel.config();
        assertThat(config.getOptions())
                .containsEntry(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .containsEntry(ChannelOption.TCP_FASTOPEN_CONNECT, true)
                .containsEntry(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
                .containsEntry(ChannelOption.WRITE_SPIN_COUNT, 3)
                .containsEntry(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1234)
                .containsEntry(ChannelOption.AUTO_READ, false);
        assertThat(((SocketChannelConfig) config).isAllowHalfClosure()).isTrue();
    }

    @Test
    void shouldListAllOptions() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder()).register());
        Map<ChannelOption<?>, Object> options = channel.config().getOptions();
        assertThat(options)
                .containsKeys(
                        ChannelOption.ALLOCATOR,
                        ChannelOption.RECVBUF_ALLOCATOR,
                        ChannelOption.SO_RCVBUF,
                        ChannelOption.SO_SNDBUF,
                        ChannelOption.TCP_NODELAY,
                        ChannelOption.SO_KEEPALIVE,
                        ChannelOption.SO_REUSEADDR,
                        UnixChannelOption.SO_REUSEPORT,
                        ChannelOption.SO_LINGER,
                        ChannelOption.IP_TOS,
                        ChannelOption.ALLOW_HALF_CLOSURE,
                        ChannelOption.TCP_FASTOPEN_CONNECT,
                        GLibChannelOption.TCP_CORK,
                        GLibChannelOption.TCP_KEEPIDLE,
                        GLibChannelOption.TCP_KEEPINTVL,
                        GLibChannelOption.TCP_KEEPCNT,
                        GLibChannelOption.TCP_QUICKACK,
                        GLibChannelOption.TCP_USER_TIMEOUT,
                        GLibChannelOption.TCP_NOTSENT_LOWAT,
                        GLibChannelOption.SO_BUSY_POLL,
                        GLibChannelOption.IP_FREEBIND,
                        GLibChannelOption.IP_TRANSPARENT,
                        GLibChannelOption.IP_BIND_ADDRESS_NO_PORT)
                .doesNotContainKey(GLibChannelOption.TCP_DEFER_ACCEPT);
        options.forEach((option, value) ->
                assertThat((Object) channel.config().getOption(option)).isEqualTo(value));
    }

    @Test
    void shouldRefuseOptionsItDoesNotHave() throws Exception {
        ChannelOption<String> unknown = ChannelOption.valueOf(StreamOptionsTest.class, "UNKNOWN");
        Channel channel = ChannelFixture.channel(loops.client(new Recorder()).register());
        assertThat(channel.config().setOption(unknown, "value")).isFalse();
        assertThat(channel.config().getOption(unknown)).isNull();
        assertThat(channel.config().setOption(ChannelOption.SO_BACKLOG, 1)).isFalse();
        assertThat(channel.config().setOption(GLibChannelOption.TCP_DEFER_ACCEPT, 1))
                .isFalse();
    }

    @Test
    void shouldRefuseBadValues() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder()).register());
        ChannelConfig config = channel.config();
        assertThatThrownBy(() -> config.setOption(GLibChannelOption.TCP_NOTSENT_LOWAT, 1L << 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TCP_NOTSENT_LOWAT")
                .hasMessageContaining("4294967296");
        assertThatThrownBy(() -> config.setOption(GLibChannelOption.TCP_NOTSENT_LOWAT, -1L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TCP_NOTSENT_LOWAT");
        assertThatThrownBy(() -> config.setOption(GLibChannelOption.TCP_KEEPCNT, 100_000))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("TCP_KEEPCNT")
                .hasMessageContaining("100000");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void shouldTakeOptionsByNumber() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder())
                .option(new IntegerUnixChannelOption("TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE), 321)
                .register());
        ChannelConfig config = channel.config();
        assertThat(config.getOption(GLibChannelOption.TCP_KEEPIDLE)).isEqualTo(321);

        RawUnixChannelOption raw = new RawUnixChannelOption("TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, Integer.BYTES);
        assertThat(config.getOption(raw).order(ByteOrder.nativeOrder()).getInt())
                .isEqualTo(321);
        ByteBuffer value = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        assertThat(config.setOption(raw, value.putInt(322).flip())).isTrue();
        assertThat(config.getOption(GLibChannelOption.TCP_KEEPIDLE)).isEqualTo(322);

        assertThatThrownBy(() -> config.getOption(new IntegerUnixChannelOption("NONE", IPPROTO_TCP, 9999)))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("NONE");
    }

    @Test
    void shouldSayWhichOptionOfClosedChannelFailed() throws Exception {
        Channel channel = ChannelFixture.channel(loops.client(new Recorder()).register());
        Await.success(channel.close());
        assertThatThrownBy(() -> channel.config().getOption(ChannelOption.TCP_NODELAY))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("TCP_NODELAY");
        assertThatThrownBy(() -> channel.config().setOption(GLibChannelOption.TCP_CORK, true))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("TCP_CORK");
        assertThatThrownBy(() -> ((GLibSocketChannel) channel).tcpInfo()).isInstanceOf(ChannelException.class);
    }
}
