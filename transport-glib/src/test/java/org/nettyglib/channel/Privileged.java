package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;

/** Options that the kernel grants to some only. */
final class Privileged {
    private Privileged() {}

    /** Sets the option; returns false if the kernel refuses it, which has to be told as what it is. */
    static <T> boolean setOrRefused(ChannelConfig config, ChannelOption<T> option, T value) {
        T before = config.getOption(option);
        try {
            assertThat(config.setOption(option, value)).isTrue();
        } catch (ChannelException e) {
            assertThat(e).hasMessageContaining(option.name()).hasStackTraceContaining("Operation not permitted");
            assertThat(config.getOption(option)).isEqualTo(before);
            System.out.println(option + " is refused to this user: only the refusal was tested");
            return false;
        }
        assertThat(config.getOption(option)).isEqualTo(value);
        return true;
    }
}
