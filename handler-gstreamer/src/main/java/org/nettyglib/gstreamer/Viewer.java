package org.nettyglib.gstreamer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.VoidChannelPromise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel that gets the frames of a source: the last handler of its pipeline. On the thread of its loop. */
final class Viewer extends ChannelInboundHandlerAdapter implements ChannelFutureListener {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Viewer.class);

    private final AppSinkSource source;
    private final ViewerSettings settings;
    private final SlowViewerPolicy policy;
    private final Channel channel;

    /** What wait for the channel to become writable, under a policy that lets them. */
    private final ArrayDeque<MediaFrame> waiting = new ArrayDeque<>(0);

    /** Hears of nothing, so that a write costs no object; the first write hears, because it shows whether the pipeline takes such messages. */
    private final ChannelPromise quiet;

    private @Nullable ChannelHandlerContext context;
    private @Nullable LoopFeed feed;

    /** Where this is in the list of its feed. */
    int place;

    /** What it was sent. */
    private StreamHead head = StreamHead.NONE;

    private boolean hasWritten;
    private boolean hasBegun;
    private boolean needsKey;
    private boolean unflushed;
    private boolean busy;
    private boolean stalls;
    private boolean endWaits;
    private boolean endTold;
    private boolean gone;
    private long missed;

    /** How many frames it has missed in all. For any thread to see. */
    private volatile long dropped;

    /** How many frames were written while the channel was not writable, to complete what it had begun. */
    private int late;

    Viewer(AppSinkSource source, Channel channel) {
        this.source = source;
        this.channel = channel;
        settings = source.settings();
        policy = settings.policy();
        needsKey = settings.startAtKeyFrame();
        hasBegun = !needsKey;
        quiet = new VoidChannelPromise(channel, false);
    }

    Channel channel() {
        return channel;
    }

    // Comes and goes.

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        if (channel.isActive()) {
            join();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        join();
        context.fireChannelActive();
    }

    /** Active as well: it comes to another loop. */
    @Override
    public void channelRegistered(ChannelHandlerContext context) {
        if (channel.isActive()) {
            join();
        }
        context.fireChannelRegistered();
    }

    /** It is closed, or leaves for another loop. Frames are missing then. */
    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        leave();
        needsKey |= hasBegun;
        context.fireChannelUnregistered();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        go();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (unflushed && channel.isActive()) {
            unflushed = false;
            channel.flush();
        }
        go();
    }

    private void join() {
        if (feed != null || gone) {
            return;
        }
        LoopFeed joined = source.join(channel.eventLoop());
        feed = joined;
        joined.add(this);
        if (!joined.head().isEmpty()) {
            writeHead(joined.head());
            flush();
        }
        if (source.pump().isAtEnd()) {
            end();
        }
    }

    private void leave() {
        LoopFeed left = feed;
        if (left == null) {
            return;
        }
        feed = null;
        missed += waiting.size();
        releaseWaiting();
        left.remove(this);
        if (stalls) {
            stalls = false;
            left.unstall();
        }
    }

    private void go() {
        if (!gone) {
            gone = true;
            leave();
            source.forget(this);
        }
    }

    /** The source is closed. */
    void sourceClosed() {
        if (gone || context == null) {
            return;
        }
        letGo();
        tellEnd();
    }

    /** The loop has ended without closing the channel. */
    void abandon() {
        gone = true;
        releaseWaiting();
        source.forget(this);
    }

    /** Takes this out of the pipeline. The channel stays open. */
    void letGo() {
        if (context == null) {
            // It has not even come.
            go();
        } else if (!gone) {
            context.pipeline().remove(this);
        }
    }

    long dropped() {
        return dropped;
    }

    boolean isGone() {
        return gone;
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    // Frames.

    /** The next frame, which stays the caller's. */
    void take(MediaFrame frame, boolean isKey) {
        if (needsKey && !isKey) {
            miss(1);
            return;
        }
        endTold = false;
        busy = true;
        try {
            if (waiting.isEmpty() && (policy.blocks() || canWrite())) {
                begin();
                late = 0;
                tellMissed();
                write(frame);
                if (policy.blocks() && !gone && !stalls && !canWrite()) {
                    stall();
                }
            } else {
                takeSlowly(frame, isKey);
            }
        } finally {
            busy = false;
        }
    }

    private void begin() {
        hasBegun = true;
        needsKey = false;
    }

    private void takeSlowly(MediaFrame frame, boolean isKey) {
        switch (policy.kind()) {
            case DROP_TO_KEY_FRAME -> {
                // A muxer's unit may be several buffers, and none of them says that it is the last.
                if (isKey || !hasBegun || late++ >= settings.maxPending()) {
                    miss(1);
                } else {
                    write(frame);
                }
            }
            case DROP_OLDEST -> {
                begin();
                waiting.add(frame.retain());
                if (waiting.size() > policy.frames()) {
                    waiting.remove().release();
                    count(1);
                }
            }
            case CLOSE -> {
                begin();
                waiting.add(frame.retain());
                if (waiting.size() > policy.frames()) {
                    closeSlow();
                }
            }
            case BLOCK -> throw new AssertionError("waits in the feed");
        }
    }

    /** Frames are missing: this goes on with a key frame. */
    void miss(long frames) {
        needsKey = true;
        if (hasBegun) {
            count(frames);
        }
    }

    /** Frames did not come because the loop was behind. */
    void missByGap(long frames) {
        needsKey |= settings.resumesAtKeyFrame();
        if (hasBegun) {
            count(frames);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private void count(long frames) {
        missed += frames;
        dropped += frames;
        source.dropped(frames);
    }

    private void tellMissed() {
        if (missed > 0) {
            long frames = missed;
            missed = 0;
            channel.pipeline().fireUserEventTriggered(new FramesDropped(frames));
        }
    }

    private void stall() {
        if (feed != null) {
            stalls = true;
            feed.stall();
        }
    }

    private void closeSlow() {
        count(waiting.size());
        releaseWaiting();
        source.closedSlow();
        logger.debug("{} is closed: more than {} frames had to wait for it.", channel, policy.frames());
        go();
        tellMissed();
        channel.close();
    }

    private void releaseWaiting() {
        MediaFrame frame;
        while ((frame = waiting.poll()) != null) {
            frame.release();
        }
    }

    /** Whether the channel takes more, perhaps after what was written has gone. */
    private boolean canWrite() {
        if (channel.isWritable()) {
            return true;
        }
        if (!unflushed) {
            return false;
        }
        flush();
        return channel.isWritable();
    }

    private void write(MediaFrame frame) {
        if (frame.caps() != head.caps() && feed != null) {
            writeHead(feed.head(frame.caps()));
        }
        writeEncoded(frame);
    }

    private void writeHead(StreamHead next) {
        if (!next.isEmpty() && !next.hasSameBytes(head)) {
            writeEncoded(next.frame());
        }
        head = next;
    }

    private void writeEncoded(MediaFrame frame) {
        if (gone) {
            return;
        }
        Object message;
        try {
            message = settings.encoder().encode(channel, frame);
        } catch (Throwable t) {
            fail(t);
            return;
        }
        if (message == null) {
            return;
        }
        unflushed = true;
        if (hasWritten) {
            context().write(message, quiet);
        } else {
            hasWritten = true;
            context().write(message).addListener(this);
        }
    }

    /** The first write was done. */
    @Override
    public void operationComplete(ChannelFuture write) {
        Throwable cause = write.cause();
        // Sockets fail by themselves; the pipeline cannot take what the encoder makes.
        if (cause != null && !(cause instanceof IOException)) {
            fail(cause);
        }
    }

    private void fail(Throwable cause) {
        if (!gone) {
            letGo();
            channel.pipeline().fireExceptionCaught(cause);
        }
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && !busy) {
            goOn();
        }
        context.fireChannelWritabilityChanged();
    }

    private void goOn() {
        busy = true;
        try {
            while (!waiting.isEmpty() && canWrite()) {
                tellMissed();
                MediaFrame frame = waiting.poll();
                if (frame == null) {
                    break;
                }
                try {
                    write(frame);
                } finally {
                    frame.release();
                }
            }
            flush();
        } finally {
            busy = false;
        }
        if (endWaits && waiting.isEmpty()) {
            end();
        }
        LoopFeed waits = feed;
        if (stalls && waits != null) {
            stalls = false;
            waits.unstall();
        }
    }

    // The end.

    /** The stream has ended. */
    void end() {
        if (endTold || gone) {
            return;
        }
        endWaits = !waiting.isEmpty();
        if (endWaits) {
            return;
        }
        endTold = true;
        // What may come after the end is another stream.
        head = StreamHead.NONE;
        tellMissed();
        flush();
        tellEnd();
    }

    private void tellEnd() {
        try {
            settings.onEnd().accept(channel);
        } catch (Throwable t) {
            channel.pipeline().fireExceptionCaught(t);
        }
    }
}
