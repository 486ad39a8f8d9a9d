package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

class GLibDatagramChannelConfigTest {

    /** From asm-generic/socket.h; off at first. */
    private static final int SOL_SOCKET = 1;

    private static final int SO_BROADCAST = 6;

    /** IP_PMTUDISC_DONT and IP_PMTUDISC_PROBE of linux/in.h. */
    private static final int PMTUDISC_DONT = 0;

    private static final int PMTUDISC_PROBE = 3;

    /** Of IPv4; a loopback interface may say that it takes one byte more. */
    private static final int LARGEST_PACKET = 65_535;

    static final List<ChannelOption<Boolean>> SWITCHES = List.of(
            ChannelOption.SO_BROADCAST,
            ChannelOption.SO_REUSEADDR,
            ChannelOption.IP_MULTICAST_LOOP_DISABLED,
            UnixChannelOption.SO_REUSEPORT,
            GLibChannelOption.IP_FREEBIND,
            GLibChannelOption.IP_RECVORIGDSTADDR,
            GLibChannelOption.IP_MULTICAST_ALL,
            GLibChannelOption.UDP_GRO);

    static final List<ChannelOption<Integer>> NUMBERS =
            List.of(ChannelOption.IP_TOS, ChannelOption.IP_MULTICAST_TTL, GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE);

    static final List<ChannelOption<Integer>> BUFFERS = List.of(ChannelOption.SO_SNDBUF, ChannelOption.SO_RCVBUF);

    private static EventLoopGroup group;
    private GLibDatagramChannel channel;

    @BeforeAll
    static void startLoop() {
        group = new GLibEventLoopGroup(1);
    }

    @AfterAll
    static void stopLoop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @BeforeEach
    void openChannel() {
        channel = (GLibDatagramChannel) OpenChannel.bound(group, GLibDatagramChannel.class);
    }

    @AfterEach
    void closeChannel() {
        channel.close().syncUninterruptibly();
    }

    @ParameterizedTest
    @FieldSource("SWITCHES")
    void shouldSwitchOptionOnAndOff(ChannelOption<Boolean> option) {
        OptionCheck.assertSwitches(channel.config(), option);
    }

    @ParameterizedTest
    @FieldSource("NUMBERS")
    void shouldKeepNumber(ChannelOption<Integer> option) {
        OptionCheck.assertKeepsNumber(channel.config(), option);
    }

    @ParameterizedTest
    @FieldSource("BUFFERS")
    void shouldSizeBuffer(ChannelOption<Integer> option) {
        OptionCheck.assertSizesBuffer(channel.config(), option);
    }

    /** Other groups than its own: the kernel's default would deliver them, Netty's does not. */
    @Test
    void shouldReceiveFromItsOwnGroupsOnlyByDefault() {
        assertThat(channel.config().getOption(GLibChannelOption.IP_MULTICAST_ALL))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {PMTUDISC_DONT, PMTUDISC_PROBE})
    void shouldKeepWayOfMtuDiscovery(int way) {
        assertThat(channel.config().setOption(GLibChannelOption.IP_MTU_DISCOVER, way))
                .isTrue();
        assertThat(channel.config().getOption(GLibChannelOption.IP_MTU_DISCOVER))
                .isEqualTo(way);
    }

    @Test
    void shouldKnowMtuToPeer() throws Exception {
        channel.connect(channel.localAddress()).sync();
        int mtu = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getMTU();
        assertThat(channel.config().getOption(GLibChannelOption.IP_MTU)).isEqualTo(Math.min(mtu, LARGEST_PACKET));
    }

    @Test
    void shouldSendMulticastThroughGivenInterface() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        assertThat(channel.config().setOption(ChannelOption.IP_MULTICAST_IF, loopback))
                .isTrue();
        assertThat(channel.config().getOption(ChannelOption.IP_MULTICAST_IF)).isEqualTo(loopback);
        assertThat(channel.config().getNetworkInterface()).isEqualTo(loopback);
        assertThat(loopback.inetAddresses()).contains(channel.config().getInterface());
    }

    @Test
    void shouldSetAnyIntegerOption() {
        ChannelOption<Integer> option = new IntegerUnixChannelOption("BROADCAST_AS_INT", SOL_SOCKET, SO_BROADCAST);
        assertThat(channel.config().getOption(option)).isZero();
        assertThat(channel.config().setOption(option, 1)).isTrue();
        assertThat(channel.config().isBroadcast()).isTrue();
    }

    @Test
    void shouldListWhatItCanSet() {
        assertThat(channel.config().getOptions().keySet())
                .containsAll(SWITCHES)
                .containsAll(NUMBERS)
                .containsAll(BUFFERS)
                .contains(ChannelOption.IP_MULTICAST_IF, GLibChannelOption.IP_TRANSPARENT);
    }

    @Test
    void shouldNotTakeOptionOfStreams() {
        assertThat(channel.config().setOption(ChannelOption.TCP_NODELAY, true)).isFalse();
        assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isNull();
    }

    @Test
    void shouldFailToSetOptionOfClosedChannel() {
        channel.close().syncUninterruptibly();
        assertThatThrownBy(() -> channel.config().setOption(ChannelOption.SO_BROADCAST, true))
                .isInstanceOf(ChannelException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }
}
