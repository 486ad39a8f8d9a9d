package org.nettyglib.gstreamer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ObjectUtil;
import java.lang.ref.Reference;
import java.nio.channels.ClosedChannelException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.app.AppSink;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.LibGstAppSink;
import org.nettyglib.util.LoopNotifier;

/**
 * Sends what arrives at an appsink to any number of channels, its viewers, on any event loops. The bytes are not copied: each viewer
 * is written a ByteBuf over the memory of the GstBuffer, which is unreferenced when the last of them has sent it. Thread-safe.
 *
 * <p>A viewer is sent the stream's header first, if its caps have one, and then the frames, from a key frame on. So it can come at any time. A
 * viewer that is too slow is treated by the {@link SlowViewerPolicy}; the others miss nothing. When the stream ends, a viewer is closed
 * after its last frame, unless {@link Builder#onEnd} says otherwise.
 *
 * <p>A frame is a buffer of the appsink's. Of a fragmented MP4 that has no header in its caps, as mp4mux makes it, it is a whole fragment, and the
 * header is what comes before the first.
 *
 * <p>For each frame a loop is woken up at most once, however many viewers it has, and a viewer is flushed once for all the frames
 * that have come meanwhile. GStreamer's streaming thread never waits in Java.
 *
 * <p>The appsink's properties are the program's: {@code sync=false} where the viewers keep the time, {@code caps}, {@code
 * max-buffers}. Its callbacks are the source's, so its signals {@code new-sample} and {@code eos} are not emitted.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/app/appsink.html">appsink</a>
 */
public final class AppSinkSource implements AutoCloseable {
    /** What {@code max-buffers} becomes where the stream is to wait for its viewers and there is no limit. */
    static final int DEFAULT_MAX_BUFFERS = 16;

    /** The appsinks that have a source. Each is referenced by it, so that its address is no other's. */
    private static final Map<Long, AppSinkSource> SINKS = new ConcurrentHashMap<>();

    private final @Nullable GstPipeline pipeline;
    private final ViewerSettings settings;
    private final LoopFeeds feeds = new LoopFeeds();
    private final SamplePump pump;
    private final Map<Channel, Viewer> viewers = new ConcurrentHashMap<>();
    private final Set<FrameTap> taps = ConcurrentHashMap.newKeySet();
    private final Promise<Void> end = GlobalEventExecutor.INSTANCE.newPromise();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder closedSlow = new LongAdder();

    /** @param sink a reference, which becomes the source's */
    private AppSinkSource(long sink, @Nullable GstPipeline pipeline, ViewerSettings settings) {
        this.pipeline = pipeline;
        this.settings = settings;
        pump = new SamplePump(
                sink, settings.policy().blocks(), feeds, () -> end.trySuccess(null), () -> SINKS.remove(sink, this));
    }

    /**
     * Begins a source, which is closed with its pipeline.
     *
     * @param pipeline where the appsink is
     * @param sinkName the name of the appsink, as in {@code appsink name=out}
     * @return what makes the source
     */
    public static Builder builder(GstPipeline pipeline, String sinkName) {
        return new Builder(
                null, ObjectUtil.checkNotNull(pipeline, "pipeline"), ObjectUtil.checkNotNull(sinkName, "sinkName"));
    }

    /**
     * Begins a source, which has to be closed.
     *
     * @param sink the appsink
     * @return what makes the source
     */
    public static Builder builder(AppSink sink) {
        return new Builder(ObjectUtil.checkNotNull(sink, "sink"), null, null);
    }

    /**
     * Makes a channel a viewer: a handler is added to the end of its pipeline. If it is not active yet, frames are sent when it is. It stays a viewer
     * when it moves to another event loop, and goes on there with the next key frame. After the end of the stream, and until the first frame of
     * another, it is told the end at once.
     *
     * @param viewer a channel that is registered
     * @return done when frames are sent from now on. It fails with a {@link ClosedChannelException} if the channel is closed, with an {@link IllegalStateException} if it
     *     is not registered, is a viewer already, or the source is closed, and with a {@link RejectedExecutionException} if its loop has ended
     */
    public Future<Void> add(Channel viewer) {
        if (!viewer.isOpen()) {
            return failed(new ClosedChannelException());
        }
        if (!viewer.isRegistered()) {
            return failed(new IllegalStateException("the channel has no event loop yet: register it first: " + viewer));
        }
        Viewer added = new Viewer(this, viewer);
        if (viewers.putIfAbsent(viewer, added) != null) {
            return failed(new IllegalStateException("this channel is a viewer already: " + viewer));
        }
        Promise<Void> promise = newPromise(viewer);
        onLoop(added, () -> addOnLoop(added, promise), () -> refuse(added, promise));
        return promise;
    }

    private void addOnLoop(Viewer viewer, Promise<Void> promise) {
        if (viewer.isGone() || closed.get()) {
            forget(viewer);
            promise.setFailure(new IllegalStateException(
                    closed.get() ? "the source is closed" : "the channel was removed before it was added"));
        } else if (!viewer.channel().isOpen()) {
            forget(viewer);
            promise.setFailure(new ClosedChannelException());
        } else {
            viewer.channel().pipeline().addLast(viewer);
            promise.setSuccess(null);
        }
    }

    /**
     * Makes several channels viewers.
     *
     * @param channels for example a {@code ChannelGroup}; those that come to it later are none
     * @return done when all are; it fails with the first failure of {@link #add}, when the others are viewers
     */
    public Future<Void> addAll(Collection<? extends Channel> channels) {
        List<? extends Channel> all = List.copyOf(channels);
        Promise<Void> promise = GlobalEventExecutor.INSTANCE.newPromise();
        AtomicInteger left = new AtomicInteger(all.size() + 1);
        Runnable done = () -> {
            if (left.decrementAndGet() == 0) {
                promise.trySuccess(null);
            }
        };
        for (Channel channel : all) {
            add(channel).addListener(added -> {
                if (!added.isSuccess()) {
                    promise.tryFailure(added.cause());
                }
                done.run();
            });
        }
        done.run();
        return promise;
    }

    /**
     * Sends no more frames to a channel, which stays open. What was written before is sent.
     *
     * @param viewer it need not be one
     * @return done when nothing more is written
     */
    public Future<Void> remove(Channel viewer) {
        Viewer removed = viewers.get(viewer);
        if (removed == null) {
            return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
        }
        Promise<Void> promise = newPromise(viewer);
        Runnable task = () -> {
            removed.letGo();
            promise.setSuccess(null);
        };
        onLoop(removed, task, () -> refuse(removed, promise));
        return promise;
    }

    /**
     * Tells somebody of each frame, whether there are viewers or not: to count, to keep the newest, to look at timestamps. Headers in the stream and the end of
     * it are not kept back. Frames that come faster than the loop can take them are missed, except under {@link SlowViewerPolicy#block()}.
     *
     * @param loop on whose thread
     * @param listener is lent the frame for the time of the call; it has to {@linkplain MediaFrame#retain() retain} what it keeps
     * @return done when frames are told from now on. It fails with an {@link IllegalStateException} if the source is closed, and with a
     *     {@link RejectedExecutionException} if the loop has ended
     */
    public Future<Void> listen(EventLoop loop, Consumer<? super MediaFrame> listener) {
        FrameTap tap = new FrameTap(loop, ObjectUtil.checkNotNull(listener, "listener"));
        Promise<Void> promise = loop.newPromise();
        taps.add(tap);
        Runnable task = () -> {
            if (closed.get() || !taps.contains(tap)) {
                taps.remove(tap);
                promise.setFailure(new IllegalStateException("the source is closed"));
            } else {
                tap.join(this);
                promise.setSuccess(null);
            }
        };
        if (onLoop(loop, task)) {
            return promise;
        }
        taps.remove(tap);
        return failed(new RejectedExecutionException("the event loop has ended: " + loop));
    }

    /**
     * Tells somebody no longer.
     *
     * @param listener who was given to {@link #listen}; it need not have been
     * @return done when it is told nothing more
     */
    public Future<Void> unlisten(Consumer<? super MediaFrame> listener) {
        for (FrameTap tap : taps) {
            if (tap.is(listener) && taps.remove(tap)) {
                Promise<Void> promise = tap.loop().newPromise();
                Runnable task = () -> {
                    tap.leave();
                    promise.setSuccess(null);
                };
                if (onLoop(tap.loop(), task)) {
                    return promise;
                }
            }
        }
        return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
    }

    /** {@return false if the loop has ended} */
    private static boolean onLoop(EventLoop loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return true;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** @param ended runs instead, on any thread, if the loop has ended */
    private static void onLoop(Viewer viewer, Runnable task, Runnable ended) {
        EventLoop loop = viewer.channel().eventLoop();
        // Once more there: the channel may have moved to another loop.
        if (!onLoop(loop, loop.inEventLoop() ? task : () -> onLoop(viewer, task, ended))) {
            ended.run();
        }
    }

    private static Promise<Void> newPromise(Channel viewer) {
        return new LoopNotifier(viewer.eventLoop()).newPromise();
    }

    private void refuse(Viewer viewer, Promise<Void> promise) {
        forget(viewer);
        promise.setFailure(
                new RejectedExecutionException("the event loop of the channel has ended: " + viewer.channel()));
    }

    private static Future<Void> failed(Throwable cause) {
        return GlobalEventExecutor.INSTANCE.newFailedFuture(cause);
    }

    /** {@return how many viewers there are} */
    public int viewers() {
        return viewers.size();
    }

    /**
     * How many frames a viewer has missed, because it was too slow or its loop was.
     *
     * @param viewer a viewer
     * @return the number up to now; 0 for a channel that is no viewer
     */
    public long dropped(Channel viewer) {
        Viewer known = viewers.get(viewer);
        return known == null ? 0 : known.dropped();
    }

    /** {@return what was counted up to now} */
    public AppSinkMetrics metrics() {
        return new AppSinkMetrics(pump.frames(), pump.bytes(), dropped.sum(), viewers.size(), closedSlow.sum());
    }

    /**
     * The end of the stream.
     *
     * @return done when the end of the stream has arrived for the first time and was told on each loop; cancelled when the source is closed before.
     *     Its listeners are told on a thread of Netty's {@link GlobalEventExecutor}
     */
    public Future<Void> endFuture() {
        return end;
    }

    /**
     * Lets the appsink go. What arrives there from now on is thrown away, so that the pipeline goes on. For the viewers this is the
     * end of the stream, see {@link Builder#onEnd}; frames that were not written yet are not. Does not wait; nothing happens the second time.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pump.close();
        end.cancel(false);
        for (FrameTap tap : taps) {
            taps.remove(tap);
            onLoop(tap.loop(), tap::leave);
        }
        if (pipeline != null) {
            pipeline.forget(this);
        }
        for (Viewer viewer : viewers.values()) {
            onLoop(viewer, viewer::sourceClosed, () -> forget(viewer));
        }
    }

    ViewerSettings settings() {
        return settings;
    }

    LoopFeeds feeds() {
        return feeds;
    }

    SamplePump pump() {
        return pump;
    }

    LoopFeed join(EventLoop loop) {
        return feeds.join(loop, this);
    }

    void forget(Viewer viewer) {
        viewers.remove(viewer.channel(), viewer);
    }

    void dropped(long frames) {
        dropped.add(frames);
    }

    void closedSlow() {
        closedSlow.increment();
    }

    /** Makes a source. For one thread. */
    public static final class Builder {
        private final @Nullable AppSink sink;
        private final @Nullable GstPipeline pipeline;
        private final @Nullable String sinkName;
        private SlowViewerPolicy policy = SlowViewerPolicy.dropToKeyFrame();
        private FrameEncoder encoder = ViewerSettings.CONTENT;
        private boolean startAtKeyFrame = true;
        private Consumer<? super Channel> onEnd = ViewerSettings::closeAfterFlush;
        private int maxPending = ViewerSettings.MAX_PENDING;

        private Builder(@Nullable AppSink sink, @Nullable GstPipeline pipeline, @Nullable String sinkName) {
            this.sink = sink;
            this.pipeline = pipeline;
            this.sinkName = sinkName;
        }

        /**
         * What happens to viewers that are too slow: {@link SlowViewerPolicy#dropToKeyFrame()} unless it is said here.
         *
         * @param policy for all viewers
         * @return this
         */
        public Builder slowViewers(SlowViewerPolicy policy) {
            this.policy = ObjectUtil.checkNotNull(policy, "policy");
            return this;
        }

        /**
         * What is written to a viewer: the bytes of the frame as a ByteBuf unless it is said here.
         *
         * @param encoder called for each frame and viewer, and for the stream's header, which comes as a frame with {@link MediaFrame#FLAG_HEADER}
         * @return this
         */
        public Builder encoder(FrameEncoder encoder) {
            this.encoder = ObjectUtil.checkNotNull(encoder, "encoder");
            return this;
        }

        /**
         * Whether the first frame for a viewer has to be a key frame. True unless it is said here.
         *
         * @param start false to begin with any frame
         * @return this
         */
        public Builder startAtKeyFrame(boolean start) {
            startAtKeyFrame = start;
            return this;
        }

        /**
         * What is done with a viewer when the stream has ended or the source is closed, after its last frame was written. Unless it
         * is said here the channel is closed when all has gone out. A channel that is left open stays a viewer after the end of the stream: if the pipeline starts
         * again, it gets the new stream.
         *
         * @param action called on the viewer's event loop
         * @return this
         */
        public Builder onEnd(Consumer<? super Channel> action) {
            onEnd = ObjectUtil.checkNotNull(action, "action");
            return this;
        }

        /**
         * How many frames may be on their way to an event loop that is busy. When there are more, the stream waits under {@link
         * SlowViewerPolicy#block()}; under the other policies all viewers of that loop miss frames up to a key frame.
         *
         * @param frames 256 unless it is said here
         * @return this
         */
        public Builder maxPending(int frames) {
            maxPending = ObjectUtil.checkPositive(frames, "frames");
            return this;
        }

        /**
         * Makes the source. Frames that are at the appsink already may be lost.
         *
         * @return the source, without viewers
         * @throws IllegalArgumentException if the element is not there or is no appsink, or if the stream is to wait for its viewers, but the appsink is to {@code drop} buffers
         * @throws IllegalStateException if the appsink has a source already
         */
        public AppSinkSource build() {
            GStreamer.init();
            long address = reference();
            AppSinkSource source;
            try {
                source = start(address);
            } catch (Throwable t) {
                LibGobject.g_object_unref(address);
                throw t;
            }
            if (pipeline != null) {
                pipeline.onClose(source);
            }
            return source;
        }

        private long reference() {
            if (pipeline != null && sinkName != null) {
                return pipeline.rawElement(sinkName);
            }
            AppSink element = ObjectUtil.checkNotNull(sink, "sink");
            long address = LibGobject.g_object_ref(element.handle().address());
            Reference.reachabilityFence(element);
            return address;
        }

        private AppSinkSource start(long address) {
            if (!LibGobject.g_type_check_instance_is_a(address, LibGstAppSink.gst_app_sink_get_type())) {
                throw new IllegalArgumentException(
                        name() + " is no appsink: end the pipeline with \"appsink name=...\" and give that name");
            }
            if (policy.blocks() && LibGstAppSink.gst_app_sink_get_drop(address)) {
                throw new IllegalArgumentException(name() + " drops buffers, so the stream cannot wait for its viewers:"
                        + " set the appsink's drop=false or choose another SlowViewerPolicy");
            }
            AppSinkSource source = new AppSinkSource(
                    address, pipeline, new ViewerSettings(policy, encoder, startAtKeyFrame, onEnd, maxPending));
            if (SINKS.putIfAbsent(address, source) != null) {
                throw new IllegalStateException(
                        name() + " has an AppSinkSource already: add all viewers to that one," + " or close it before");
            }
            if (policy.blocks() && LibGstAppSink.gst_app_sink_get_max_buffers(address) == 0) {
                LibGstAppSink.gst_app_sink_set_max_buffers(address, DEFAULT_MAX_BUFFERS);
            }
            source.pump.start();
            return source;
        }

        private String name() {
            return sinkName == null ? "the element" : "the element " + sinkName;
        }
    }
}
