package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;

/** What holds for each option of a kind, whatever the channel. */
final class OptionCheck {

    private static final int NUMBER = 8;
    private static final int BYTES = 16 * 1024;

    private OptionCheck() {}

    static void assertSwitches(ChannelConfig config, ChannelOption<Boolean> option) {
        assertThat(config.setOption(option, true)).isTrue();
        assertThat(config.getOption(option)).isTrue();
        assertThat(config.setOption(option, false)).isTrue();
        assertThat(config.getOption(option)).isFalse();
    }

    static void assertKeepsNumber(ChannelConfig config, ChannelOption<Integer> option) {
        assertThat(config.setOption(option, NUMBER)).isTrue();
        assertThat(config.getOption(option)).isEqualTo(NUMBER);
    }

    /** The kernel doubles what it is told: socket(7). */
    static void assertSizesBuffer(ChannelConfig config, ChannelOption<Integer> option) {
        assertThat(config.setOption(option, BYTES)).isTrue();
        assertThat(config.getOption(option)).isEqualTo(2 * BYTES);
    }
}
