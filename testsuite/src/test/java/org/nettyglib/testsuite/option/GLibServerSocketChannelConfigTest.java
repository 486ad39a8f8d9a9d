package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.UnixChannelOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

class GLibServerSocketChannelConfigTest {

    static final List<ChannelOption<Boolean>> SWITCHES =
            List.of(ChannelOption.SO_REUSEADDR, UnixChannelOption.SO_REUSEPORT, GLibChannelOption.IP_FREEBIND);

    private static EventLoopGroup group;
    private static GLibServerSocketChannel channel;

    @BeforeAll
    static void listen() {
        group = new GLibEventLoopGroup(1);
        channel = OpenChannel.listening(group);
    }

    @AfterAll
    static void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @FieldSource("SWITCHES")
    void shouldSwitchOptionOnAndOff(ChannelOption<Boolean> option) {
        OptionCheck.assertSwitches(channel.config(), option);
    }

    /** The kernel counts in retransmissions, and so rounds the seconds up. */
    @Test
    void shouldDeferAcceptAtLeastAsLongAsAsked() {
        assertThat(channel.config().setOption(GLibChannelOption.TCP_DEFER_ACCEPT, 0))
                .isTrue();
        assertThat(channel.config().getOption(GLibChannelOption.TCP_DEFER_ACCEPT))
                .isZero();
        assertThat(channel.config().setOption(GLibChannelOption.TCP_DEFER_ACCEPT, 10))
                .isTrue();
        assertThat(channel.config().getOption(GLibChannelOption.TCP_DEFER_ACCEPT))
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void shouldKeepBacklog() {
        assertThat(channel.config().setOption(ChannelOption.SO_BACKLOG, 17)).isTrue();
        assertThat(channel.config().getOption(ChannelOption.SO_BACKLOG)).isEqualTo(17);
    }

    @Test
    void shouldKeepLengthOfFastOpenQueue() {
        assertThat(channel.config().setOption(ChannelOption.TCP_FASTOPEN, 10)).isTrue();
        assertThat(channel.config().getOption(ChannelOption.TCP_FASTOPEN)).isEqualTo(10);
    }

    @Test
    void shouldRefuseNegativeLengthOfFastOpenQueue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channel.config().setOption(ChannelOption.TCP_FASTOPEN, -1));
    }

    @Test
    void shouldListWhatItCanSet() {
        Map<ChannelOption<?>, Object> options = channel.config().getOptions();
        assertThat(options.keySet()).containsAll(SWITCHES);
        assertThat(options)
                .containsKeys(
                        ChannelOption.SO_BACKLOG,
                        ChannelOption.SO_RCVBUF,
                        ChannelOption.TCP_FASTOPEN,
                        GLibChannelOption.TCP_DEFER_ACCEPT);
    }
}
