package org.nettyglib.gstreamer;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.internal.ObjectUtil;

/**
 * What an {@link AppSinkSource} does about a viewer that does not take its frames as fast as they come. A viewer is slow while its
 * channel is not writable: while more waits to be sent than the {@link WriteBufferWaterMark} of the channel allows. The default of
 * 64 KiB is little for video: give a channel as much as the stream has in the time that a viewer may be late, and more than the largest key frame.
 */
public final class SlowViewerPolicy {
    enum Kind {
        BLOCK,
        DROP_TO_KEY_FRAME,
        DROP_OLDEST,
        CLOSE
    }

    private static final SlowViewerPolicy BLOCK = new SlowViewerPolicy(Kind.BLOCK, 0);
    private static final SlowViewerPolicy DROP_TO_KEY_FRAME = new SlowViewerPolicy(Kind.DROP_TO_KEY_FRAME, 0);

    private final Kind kind;
    private final int frames;

    private SlowViewerPolicy(Kind kind, int frames) {
        this.kind = kind;
        this.frames = frames;
    }

    /**
     * Nobody misses anything: the slowest viewer sets the pace of the pipeline and of all viewers, and one that takes nothing stops
     * them all until it is closed or removed. For files, not for a live stream.
     *
     * <p>The stream waits in the appsink, whose {@code max-buffers} are then reached. If that is 0, which means any number, it is set to
     * {@value AppSinkSource#DEFAULT_MAX_BUFFERS}. The appsink's {@code drop} has to be false.
     *
     * @return the policy
     */
    public static SlowViewerPolicy block() {
        return BLOCK;
    }

    /**
     * A slow viewer misses whole groups of frames: the one that it has begun is completed, up to the next key frame, and the next that it
     * sees begins with the first key frame for which its channel is writable. So the stream of a muxer is not cut inside one of its units. A group of
     * more than {@link AppSinkSource.Builder#maxPending} frames is cut all the same. The default.
     *
     * @return the policy
     */
    public static SlowViewerPolicy dropToKeyFrame() {
        return DROP_TO_KEY_FRAME;
    }

    /**
     * The newest frames wait for a slow viewer, and it misses the oldest. For streams in which each frame stands alone, such as audio,
     * pictures or data: it does not matter here what a key frame is.
     *
     * @param frames how many wait at most
     * @return the policy
     */
    public static SlowViewerPolicy dropOldest(int frames) {
        return new SlowViewerPolicy(Kind.DROP_OLDEST, ObjectUtil.checkPositive(frames, "frames"));
    }

    /**
     * Frames wait for a slow viewer; if they become too many, its channel is closed.
     *
     * @param frames how many wait at most
     * @return the policy
     */
    public static SlowViewerPolicy close(int frames) {
        return new SlowViewerPolicy(Kind.CLOSE, ObjectUtil.checkPositiveOrZero(frames, "frames"));
    }

    Kind kind() {
        return kind;
    }

    /** {@return how many frames may wait, where some may} */
    int frames() {
        return frames;
    }

    boolean blocks() {
        return kind == Kind.BLOCK;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case BLOCK -> "block";
            case DROP_TO_KEY_FRAME -> "drop to key frame";
            case DROP_OLDEST -> "drop oldest of " + frames;
            case CLOSE -> "close after " + frames;
        };
    }
}
