package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** Closes the channel when the event comes for the first time. */
final class Closer extends Recorder {
    private final Event when;

    Closer(Event when) {
        this.when = when;
    }

    @Override
    void on(Event event, Channel channel, Object detail) throws Exception {
        boolean first = count(event) == 0;
        super.on(event, channel, detail);
        if (event == when && first) {
            ChannelFuture closed = channel.close();
            assertThat(closed.channel().isOpen()).isFalse();
        }
    }
}
