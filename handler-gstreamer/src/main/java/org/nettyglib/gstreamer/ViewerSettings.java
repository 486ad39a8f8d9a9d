package org.nettyglib.gstreamer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.function.Consumer;

/** What all viewers of a source have in common. */
record ViewerSettings(
        SlowViewerPolicy policy,
        FrameEncoder encoder,
        boolean startAtKeyFrame,
        Consumer<? super Channel> onEnd,
        int maxPending) {
    /** Whether a viewer that has missed something goes on with a key frame. */
    boolean resumesAtKeyFrame() {
        return switch (policy.kind()) {
            case DROP_TO_KEY_FRAME -> true;
            case DROP_OLDEST -> false;
            case BLOCK, CLOSE -> startAtKeyFrame;
        };
    }

    static final FrameEncoder CONTENT = (viewer, frame) -> frame.content().retainedDuplicate();

    static final int MAX_PENDING = 256;

    /** Closes a channel when what was written has gone out. */
    static void closeAfterFlush(Channel channel) {
        if (channel.metadata().hasDisconnect()) {
            // An empty datagram would be one more.
            channel.close();
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
