package org.nettyglib.channel;

import io.netty.channel.EventLoop;
import org.nettyglib.loop.GLibBackend;

/** Where a channel of a {@link ChannelFixture} goes when it leaves its loop. */
enum MoveTarget {
    SAME_LOOP {
        @Override
        EventLoop of(ChannelFixture loops) {
            return loops.loop();
        }
    },

    OTHER_LOOP {
        @Override
        EventLoop of(ChannelFixture loops) {
            return loops.newGroup(GLibBackend.fromProperty()).next();
        }
    },

    OTHER_BACKEND {
        @Override
        EventLoop of(ChannelFixture loops) {
            GLibBackend own = GLibBackend.fromProperty();
            return loops.newGroup(own == GLibBackend.EPOLL_SET ? GLibBackend.SOURCE_PER_FD : GLibBackend.EPOLL_SET)
                    .next();
        }
    };

    abstract EventLoop of(ChannelFixture loops);
}
