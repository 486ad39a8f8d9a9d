package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DomainDatagramChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of datagram channels. */
class DatagramOptionsTest {
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_IPV6 = 41;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);

    /** An option, a value other than its default, and where the kernel keeps it: level and name of setsockopt(2). */
    private static Stream<Arguments> kernelOptions() {
        return Stream.of(
                arguments(ChannelOption.SO_BROADCAST, true, SOL_SOCKET, 6, 1),
                arguments(ChannelOption.SO_REUSEADDR, true, SOL_SOCKET, 2, 1),
                arguments(UnixChannelOption.SO_REUSEPORT, true, SOL_SOCKET, 15, 1),
                arguments(ChannelOption.IP_TOS, 0x10, IPPROTO_IP, 1, 0x10),
                arguments(ChannelOption.IP_MULTICAST_TTL, 7, IPPROTO_IP, 33, 7),
                arguments(ChannelOption.IP_MULTICAST_LOOP_DISABLED, true, IPPROTO_IP, 34, 0),
                arguments(GLibChannelOption.IP_MULTICAST_ALL, true, IPPROTO_IP, 49, 1),
                arguments(GLibChannelOption.IP_RECVORIGDSTADDR, true, IPPROTO_IP, 20, 1),
                arguments(GLibChannelOption.IP_MTU_DISCOVER, 2, IPPROTO_IP, 10, 2),
                arguments(GLibChannelOption.UDP_GRO, true, IPPROTO_UDP, 104, 1),
                arguments(GLibChannelOption.IP_FREEBIND, true, IPPROTO_IP, 15, 1),
                arguments(GLibChannelOption.IP_BIND_ADDRESS_NO_PORT, true, IPPROTO_IP, 24, 1));
    }

    /** What IPv6 keeps for itself. */
    private static Stream<Arguments> kernelOptionsOfInet6() {
        return Stream.of(
                arguments(ChannelOption.IP_TOS, 0x10, IPPROTO_IPV6, 67, 0x10),
                arguments(ChannelOption.IP_MULTICAST_TTL, 7, IPPROTO_IPV6, 18, 7),
                arguments(ChannelOption.IP_MULTICAST_LOOP_DISABLED, true, IPPROTO_IPV6, 19, 0),
                arguments(GLibChannelOption.IP_MULTICAST_ALL, true, IPPROTO_IPV6, 29, 1),
                arguments(GLibChannelOption.IP_RECVORIGDSTADDR, true, IPPROTO_IPV6, 74, 1),
                arguments(GLibChannelOption.IP_MTU_DISCOVER, 2, IPPROTO_IPV6, 23, 2));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("kernelOptions")
    <T> void shouldSetOptionOfInet(ChannelOption<T> option, T value, int level, int name, int kernel) throws Exception {
        assertSettable(SocketProtocolFamily.INET, option, value, level, name, kernel);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource({"kernelOptions", "kernelOptionsOfInet6"})
    <T> void shouldSetOptionOfInet6ForBoth(ChannelOption<T> option, T value, int level, int name, int kernel)
            throws Exception {
        assertSettable(SocketProtocolFamily.INET6, option, value, level, name, kernel);
    }

    private <T> void assertSettable(
            SocketProtocolFamily family, ChannelOption<T> option, T value, int level, int name, int kernel)
            throws Exception {
        IntegerUnixChannelOption number = new IntegerUnixChannelOption(option.name() + " by number", level, name);
        Channel before = DatagramFixture.bind(
                datagrams.udp(family, new DatagramRecorder()).option(option, value));
        assertThat(before.config().getOption(option)).isEqualTo(value);
        assertThat(before.config().getOption(number)).isEqualTo(kernel);

        ChannelConfig config = DatagramFixture.bind(datagrams.udp(family, new DatagramRecorder()))
                .config();
        T initial = config.getOption(option);
        assertThat(initial).isNotEqualTo(value);
        assertThat(config.setOption(option, value)).isTrue();
        assertThat(config.getOption(option)).isEqualTo(value);
        assertThat(config.getOption(number)).isEqualTo(kernel);
        assertThat(config.getOptions()).containsEntry(option, value);
        assertThat(config.setOption(option, initial)).isTrue();
        assertThat(config.getOption(option)).isEqualTo(initial);
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketProtocolFamily.class,
            names = {"INET", "INET6"})
    void shouldSetMulticastInterface(SocketProtocolFamily family) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        DatagramChannelConfig config = DatagramFixture.bind(datagrams.udp(family, new DatagramRecorder()))
                .config();
        assertThat(config.getNetworkInterface()).isNull();
        assertThat(config.getInterface()).isNull();

        config.setNetworkInterface(loopback);
        assertThat(config.getNetworkInterface()).isEqualTo(loopback);
        assertThat(config.getInterface()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(config.getOption(ChannelOption.IP_MULTICAST_IF)).isEqualTo(loopback);

        DatagramChannelConfig other = DatagramFixture.bind(datagrams.udp(family, new DatagramRecorder()))
                .config();
        other.setInterface(InetAddress.getLoopbackAddress());
        assertThat(other.getInterface()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(other.getNetworkInterface()).isEqualTo(loopback);
        assertThatThrownBy(() -> other.setInterface(InetAddress.ofLiteral("192.0.2.99")))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("IP_MULTICAST_ADDR");
    }

    @Test
    void shouldSetBufferSizes() throws Exception {
        DatagramChannelConfig config = (DatagramChannelConfig) ChannelFixture.channel(datagrams
                        .udp(new DatagramRecorder())
                        .option(ChannelOption.SO_RCVBUF, 20_000)
                        .option(ChannelOption.SO_SNDBUF, 30_000)
                        .register())
                .config();
        // The kernel doubles both, for its own bookkeeping.
        assertThat(config.getReceiveBufferSize()).isEqualTo(40_000);
        assertThat(config.getSendBufferSize()).isEqualTo(60_000);
        config.setReceiveBufferSize(25_000).setSendBufferSize(35_000);
        assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(50_000);
        assertThat(config.getOption(ChannelOption.SO_SNDBUF)).isEqualTo(70_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketProtocolFamily.class,
            names = {"INET", "INET6"})
    void shouldTellMtuOfConnected(SocketProtocolFamily family) throws Exception {
        Channel channel = DatagramFixture.bind(datagrams.udp(family, new DatagramRecorder()));
        assertThat(channel.config().getOption(GLibChannelOption.IP_MTU)).isNull();
        Await.success(channel.connect(channel.localAddress()));
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        // No packet of IP is longer than 65,535 bytes.
        int mtu = Math.min(loopback.getMTU(), 0xFFFF);
        assertThat(channel.config().getOption(GLibChannelOption.IP_MTU)).isEqualTo(mtu);
        assertThatThrownBy(() -> channel.config().setOption(GLibChannelOption.IP_MTU, 1500))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("IP_MTU");
    }

    /** Both can be refused by the kernel's configuration, or to those who are not root. */
    @Test
    void shouldSetWhatNeedsRights() throws Exception {
        Channel channel =
                ChannelFixture.channel(datagrams.udp(new DatagramRecorder()).register());
        Privileged.setOrRefused(channel.config(), GLibChannelOption.SO_BUSY_POLL, 50);
        Privileged.setOrRefused(channel.config(), GLibChannelOption.IP_TRANSPARENT, true);
    }

    @Test
    void shouldKeepOwnOptions() throws Exception {
        RecvByteBufAllocator allocator = new FixedRecvByteBufAllocator(100);
        Channel channel = ChannelFixture.channel(datagrams
                .udp(new DatagramRecorder())
                .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 1400)
                .option(ChannelOption.RECVBUF_ALLOCATOR, allocator)
                .option(ChannelOption.WRITE_SPIN_COUNT, 3)
                .option(ChannelOption.MAX_MESSAGES_PER_WRITE, 4)
                .option(ChannelOption.AUTO_READ, false)
                .option(GLibChannelOption.PRIORITY, 100)
                .register());
        assertThat(channel.config().getOptions())
                .containsEntry(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 1400)
                .containsEntry(ChannelOption.RECVBUF_ALLOCATOR, allocator)
                .containsEntry(ChannelOption.WRITE_SPIN_COUNT, 3)
                .containsEntry(ChannelOption.MAX_MESSAGES_PER_WRITE, 4)
                .containsEntry(ChannelOption.AUTO_READ, false)
                .containsEntry(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, false)
                .containsEntry(GLibChannelOption.PRIORITY, 100);
        assertThatThrownBy(() -> channel.config().setOption(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MAX_DATAGRAM_PAYLOAD_SIZE");
        assertThatThrownBy(
                        () -> channel.config().setOption(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("registered");
    }

    @Test
    void shouldListAllOptions() throws Exception {
        Channel channel = DatagramFixture.bind(datagrams.udp(new DatagramRecorder()));
        Map<ChannelOption<?>, Object> options = new HashMap<>(channel.config().getOptions());
        assertThat(options)
                .containsKeys(
                        ChannelOption.SO_BROADCAST,
                        ChannelOption.SO_RCVBUF,
                        ChannelOption.SO_SNDBUF,
                        ChannelOption.SO_REUSEADDR,
                        UnixChannelOption.SO_REUSEPORT,
                        ChannelOption.IP_TOS,
                        ChannelOption.IP_MULTICAST_ADDR,
                        ChannelOption.IP_MULTICAST_IF,
                        ChannelOption.IP_MULTICAST_TTL,
                        ChannelOption.IP_MULTICAST_LOOP_DISABLED,
                        ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION,
                        GLibChannelOption.IP_MULTICAST_ALL,
                        GLibChannelOption.IP_FREEBIND,
                        GLibChannelOption.IP_TRANSPARENT,
                        GLibChannelOption.IP_RECVORIGDSTADDR,
                        GLibChannelOption.IP_BIND_ADDRESS_NO_PORT,
                        GLibChannelOption.IP_MTU_DISCOVER,
                        GLibChannelOption.IP_MTU,
                        GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE,
                        GLibChannelOption.UDP_GRO,
                        GLibChannelOption.SO_BUSY_POLL,
                        GLibChannelOption.PRIORITY)
                .doesNotContainKey(ChannelOption.TCP_NODELAY);
        options.forEach((option, value) ->
                assertThat((Object) channel.config().getOption(option)).isEqualTo(value));
        assertThat(channel.config().setOption(ChannelOption.TCP_NODELAY, true)).isFalse();
    }

    @Test
    void shouldHaveFewOptionsForUnixDomain() throws Exception {
        Channel channel = ChannelFixture.channel(datagrams
                .unix(new DatagramRecorder())
                .option(ChannelOption.SO_SNDBUF, 30_000)
                .option(GLibChannelOption.PRIORITY, 100)
                .register());
        DomainDatagramChannelConfig config = (DomainDatagramChannelConfig) channel.config();
        assertThat(config.getSendBufferSize()).isEqualTo(60_000);
        assertThat(config.getOptions())
                .containsEntry(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, false)
                .containsEntry(GLibChannelOption.PRIORITY, 100)
                .doesNotContainKey(ChannelOption.IP_TOS);
        assertThat(config.setOption(ChannelOption.IP_TOS, 1)).isFalse();
    }

    @Test
    void shouldSayWhichOptionOfClosedChannelFailed() throws Exception {
        Channel channel =
                ChannelFixture.channel(datagrams.udp(new DatagramRecorder()).register());
        Await.success(channel.close());
        assertThatThrownBy(() -> channel.config().getOption(ChannelOption.SO_BROADCAST))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("SO_BROADCAST");
        assertThatThrownBy(() -> channel.config().setOption(ChannelOption.IP_MULTICAST_TTL, 1))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("IP_MULTICAST_TTL");
    }
}
