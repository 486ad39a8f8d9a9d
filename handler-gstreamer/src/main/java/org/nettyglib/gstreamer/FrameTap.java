package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody on a loop who sees all frames and is no channel. On the loop's thread. */
final class FrameTap {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(FrameTap.class);

    private final EventLoop loop;
    private final Consumer<? super MediaFrame> listener;
    private @Nullable LoopFeed feed;

    FrameTap(EventLoop loop, Consumer<? super MediaFrame> listener) {
        this.loop = loop;
        this.listener = listener;
    }

    EventLoop loop() {
        return loop;
    }

    boolean is(Consumer<? super MediaFrame> other) {
        return listener == other;
    }

    void join(AppSinkSource source) {
        LoopFeed joined = source.join(loop);
        feed = joined;
        joined.add(this);
    }

    void leave() {
        LoopFeed left = feed;
        if (left != null) {
            feed = null;
            left.remove(this);
        }
    }

    /** A frame, which stays the caller's. */
    void take(MediaFrame frame) {
        try {
            listener.accept(frame);
        } catch (Throwable t) {
            logger.warn("An exception was thrown by a listener of frames.", t);
        }
    }
}
