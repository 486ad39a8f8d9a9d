package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
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
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

class GLibSocketChannelConfigTest {

    /** Both exist for every socket, are 4 bytes long, and off at first: see /usr/include/asm-generic/socket.h. */
    private static final int SOL_SOCKET = 1;

    private static final int SO_KEEPALIVE = 9;

    static final List<ChannelOption<Boolean>> SWITCHES = List.of(
            ChannelOption.SO_KEEPALIVE,
            ChannelOption.SO_REUSEADDR,
            ChannelOption.TCP_NODELAY,
            ChannelOption.ALLOW_HALF_CLOSURE,
            ChannelOption.TCP_FASTOPEN_CONNECT,
            UnixChannelOption.SO_REUSEPORT,
            GLibChannelOption.TCP_CORK,
            GLibChannelOption.TCP_QUICKACK,
            GLibChannelOption.IP_FREEBIND,
            GLibChannelOption.IP_BIND_ADDRESS_NO_PORT);

    static final List<ChannelOption<Integer>> NUMBERS = List.of(
            ChannelOption.SO_LINGER,
            ChannelOption.IP_TOS,
            GLibChannelOption.TCP_KEEPIDLE,
            GLibChannelOption.TCP_KEEPINTVL,
            GLibChannelOption.TCP_KEEPCNT,
            GLibChannelOption.TCP_USER_TIMEOUT,
            GLibChannelOption.SO_BUSY_POLL);

    static final List<ChannelOption<Integer>> BUFFERS = List.of(ChannelOption.SO_SNDBUF, ChannelOption.SO_RCVBUF);

    private static EventLoopGroup group;
    private GLibSocketChannel channel;

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
        channel = OpenChannel.bound(group);
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

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 16 * 1024, Integer.MAX_VALUE, 0xFFFF_FFFFL})
    void shouldKeepUnsignedNotSentLowAt(long bytes) {
        assertThat(channel.config().setOption(GLibChannelOption.TCP_NOTSENT_LOWAT, bytes))
                .isTrue();
        assertThat(channel.config().getOption(GLibChannelOption.TCP_NOTSENT_LOWAT))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0xFFFF_FFFFL + 1})
    void shouldRefuseNotSentLowAtOutOfRange(long bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channel.config().setOption(GLibChannelOption.TCP_NOTSENT_LOWAT, bytes));
    }

    @Test
    void shouldSetAnyIntegerOption() {
        ChannelOption<Integer> option = new IntegerUnixChannelOption("KEEPALIVE_AS_INT", SOL_SOCKET, SO_KEEPALIVE);
        assertThat(channel.config().getOption(option)).isZero();
        assertThat(channel.config().setOption(option, 1)).isTrue();
        assertThat(channel.config().getOption(option)).isOne();
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    }

    @Test
    void shouldSetAnyRawOption() {
        ChannelOption<ByteBuffer> option = new RawUnixChannelOption("KEEPALIVE_AS_BYTES", SOL_SOCKET, SO_KEEPALIVE, 4);
        assertThat(nativeInt(channel.config().getOption(option))).isZero();
        ByteBuffer on = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        on.putInt(1).flip();
        assertThat(channel.config().setOption(option, on)).isTrue();
        assertThat(nativeInt(channel.config().getOption(option))).isOne();
    }

    @Test
    void shouldListWhatItCanSet() {
        Map<ChannelOption<?>, Object> options = channel.config().getOptions();
        assertThat(options.keySet()).containsAll(SWITCHES).containsAll(NUMBERS).containsAll(BUFFERS);
        assertThat(options).containsKeys(ChannelOption.AUTO_READ, GLibChannelOption.TCP_NOTSENT_LOWAT);
    }

    @Test
    void shouldNotTakeOptionItDoesNotKnow() {
        assertThat(channel.config().setOption(ChannelOption.SO_BROADCAST, true)).isFalse();
        assertThat(channel.config().getOption(ChannelOption.SO_BROADCAST)).isNull();
    }

    @Test
    void shouldFailToGetOptionOfClosedChannel() {
        channel.close().syncUninterruptibly();
        assertThatThrownBy(() -> channel.config().getOption(ChannelOption.SO_LINGER))
                .isInstanceOf(ChannelException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldFailToSetOptionOfClosedChannel() {
        channel.close().syncUninterruptibly();
        assertThatThrownBy(() -> channel.config().setOption(ChannelOption.SO_LINGER, 0))
                .isInstanceOf(ChannelException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    private static int nativeInt(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).getInt();
    }
}
