package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.AppSinkCallbacks;
import org.nettyglib.gstreamer.ffi.LibGstAppSink;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;
import org.nettyglib.gstreamer.ffi.LibGstSample;

/**
 * Pulls the samples of an appsink and hands their frames to the loops.
 *
 * <p>One thread at a time does so, without a lock: who counts {@link #work} up from 0 pulls until it is back at 0, and who finds it
 * above 0 has left word by counting. What only that thread uses is handed on by {@code work}. Usually it is the streaming thread. Where
 * frames have to wait for viewers nobody pulls, and the stream waits in the appsink, until a loop goes on.
 */
final class SamplePump implements AppSinkCallbacks.Target {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SamplePump.class);

    /** How much a loop pulls at once: it has other things to do. */
    private static final int LOOP_BATCH = 64;

    private final long sink;
    private final boolean waits;
    private final LoopFeeds feeds;
    private final Runnable ended;
    private final Runnable disposed;
    private final AtomicInteger work = new AtomicInteger();

    /** Nobody pulls, because a feed is full: told to the loops, which look after they have made room. */
    private volatile boolean paused;

    private volatile boolean closed;
    private volatile boolean endOfStream;

    /** The end was handed to the loops, and no frame after it. */
    private volatile boolean atEnd;

    // Of the thread that pulls.
    private boolean isDisposed;
    private long capsAddress;
    private boolean failed;
    private @Nullable Mp4Fragments fragments;

    // Written by the thread that pulls.
    private volatile @Nullable MediaCaps caps;
    private volatile long frames;
    private volatile long bytes;

    /**
     * For an appsink.
     *
     * @param sink a reference to it, which becomes the pump's
     * @param waits whether the stream waits for full feeds
     * @param ended told of the first end of the stream, and perhaps again
     * @param disposed told when the appsink tells nothing more, before the reference is dropped
     */
    SamplePump(long sink, boolean waits, LoopFeeds feeds, Runnable ended, Runnable disposed) {
        this.sink = sink;
        this.waits = waits;
        this.feeds = feeds;
        this.ended = ended;
        this.disposed = disposed;
    }

    void start() {
        AppSinkCallbacks.tell(sink, this);
        // What has come before told nobody: the stream may wait for room, or with its end until all is out.
        long sample;
        while (frames == 0 && (sample = LibGstAppSink.gst_app_sink_try_pull_sample(sink, 0)) != 0) {
            LibGstMiniObject.gst_mini_object_unref(sample);
        }
        // An appsink that does not run says that it is at the end.
        if (LibGstElement.gst_element_get_state(sink).state() >= GstState.PAUSED.ordinal()
                && LibGstAppSink.gst_app_sink_is_eos(sink)) {
            endOfStream();
        }
    }

    @Override
    public void newSample() {
        if (work.getAndIncrement() == 0) {
            pull(null);
        }
    }

    @Override
    public void endOfStream() {
        endOfStream = true;
        newSample();
    }

    /** A feed has room again, or is gone. */
    void resume(EventLoop loop) {
        if (paused) {
            paused = false;
            if (work.getAndIncrement() == 0) {
                pull(loop);
            }
        }
    }

    /** Nothing is pulled any more, and the appsink is let go. */
    void close() {
        closed = true;
        newSample();
    }

    boolean isAtEnd() {
        return atEnd;
    }

    @Nullable MediaCaps caps() {
        return caps;
    }

    long frames() {
        return frames;
    }

    long bytes() {
        return bytes;
    }

    /** @param loop whose thread this is; null for a streaming thread, which may stay for as long as samples come */
    private void pull(@Nullable EventLoop loop) {
        int seen;
        do {
            seen = work.get();
            if (!pullAll(loop)) {
                return;
            }
        } while (work.addAndGet(-seen) != 0);
    }

    /** {@return whether there is nothing more to do now; otherwise the loop goes on later} */
    private boolean pullAll(@Nullable EventLoop loop) {
        for (int pulled = 0; !closed; pulled++) {
            if (loop != null && pulled >= LOOP_BATCH && goOnLater(loop)) {
                return false;
            }
            // It needs no room. What comes after it is another stream.
            if (endOfStream && LibGstAppSink.gst_app_sink_is_eos(sink)) {
                endOfStream = false;
                passEnd();
            }
            if (hasToWait()) {
                return true;
            }
            boolean isLast = endOfStream;
            long sample = LibGstAppSink.gst_app_sink_try_pull_sample(sink, 0);
            if (sample == 0) {
                if (isLast) {
                    endOfStream = false;
                    passEnd();
                }
                return true;
            }
            try {
                pass(sample);
            } catch (Throwable t) {
                warn(t);
            } finally {
                LibGstMiniObject.gst_mini_object_unref(sample);
            }
        }
        dispose();
        return true;
    }

    private boolean goOnLater(EventLoop loop) {
        try {
            loop.execute(() -> pull(loop));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private boolean hasToWait() {
        if (!waits || !feeds.isAnyFull()) {
            return false;
        }
        // Either the loop sees that it has to call, or this sees the room that it has made.
        paused = true;
        return feeds.isAnyFull();
    }

    private void pass(long sample) {
        long address = LibGstSample.gst_sample_get_caps(sample);
        if (address != capsAddress) {
            setCaps(address);
        }
        long buffer = LibGstSample.gst_sample_get_buffer(sample);
        if (buffer != 0) {
            passBuffer(buffer);
            return;
        }
        long list = LibGstAppSink.gst_sample_get_buffer_list(sample);
        if (list != 0) {
            int length = LibGstAppSink.gst_buffer_list_length(list);
            for (int i = 0; i < length; i++) {
                passBuffer(LibGstAppSink.gst_buffer_list_get(list, i));
            }
        }
    }

    /** The caps are kept: while they are there, others have another address. */
    private void setCaps(long address) {
        MediaCaps next = address == 0 ? null : MediaCaps.of(address);
        if (address != 0) {
            LibGstMiniObject.gst_mini_object_ref(address);
        }
        dropCaps();
        endFragments();
        fragments = next != null && Mp4Fragments.suits(next) ? new Mp4Fragments(next, this::passFrame) : null;
        capsAddress = address;
        caps = next;
    }

    private void endFragments() {
        if (fragments != null) {
            fragments.end();
        }
    }

    private void dropCaps() {
        if (capsAddress != 0) {
            LibGstMiniObject.gst_mini_object_unref(capsAddress);
            capsAddress = 0;
        }
    }

    private void passBuffer(long buffer) {
        MediaFrame frame = GstBuffers.frame(buffer, caps);
        if (fragments == null) {
            passFrame(frame);
        } else {
            fragments.take(frame);
        }
    }

    /** Becomes the owner of the frame. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    private void passFrame(MediaFrame frame) {
        try {
            if (frame.caps() != caps) {
                // Their header was found in the stream.
                caps = frame.caps();
            }
            frames++;
            bytes += frame.content().readableBytes();
            atEnd = false;
            for (LoopFeed feed : feeds.all()) {
                feed.offer(frame);
            }
        } finally {
            frame.release();
        }
    }

    private void passEnd() {
        endFragments();
        // Before the loops are told: a viewer that comes meanwhile sees either this or its loop's word.
        atEnd = true;
        LoopFeed[] all = feeds.all();
        StreamEnd end = new StreamEnd(all.length + 1, ended);
        for (LoopFeed feed : all) {
            feed.offer(end);
        }
        end.told();
    }

    private void warn(Throwable t) {
        if (failed) {
            logger.debug("Another frame of an appsink was lost.", t);
        } else {
            failed = true;
            logger.warn("A frame of an appsink was lost; the stream goes on.", t);
        }
    }

    private void dispose() {
        if (isDisposed) {
            return;
        }
        isDisposed = true;
        AppSinkCallbacks.discard(sink);
        dropCaps();
        if (fragments != null) {
            fragments.release();
        }
        disposed.run();
        LibGobject.g_object_unref(sink);
    }
}
