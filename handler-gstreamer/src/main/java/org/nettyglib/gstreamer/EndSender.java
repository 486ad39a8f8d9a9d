package org.nettyglib.gstreamer;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstBin;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstElement.StateNow;
import org.nettyglib.util.LoopNotifier;

/**
 * Sends the end of the stream to the sources of a pipeline, while it plays and its state does not change: GStreamer keeps an element's
 * state locked for the time that this takes, and where a sink has its first buffer and does not play yet, it would take for ever. A sink
 * that is full holds it up, too; whoever stops the pipeline then stops its sinks first. From any thread, except where it says something
 * else.
 */
final class EndSender {
    /** A source has its thread for that, so this is long; one that is held up does not go on at all. */
    private static final long PASSING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final NativePipeline pipeline;
    private final SerialTasks tasks;
    private final LoopNotifier notifier;

    /** Guarded by this. */
    private final List<Promise<Void>> waiting = new ArrayList<>();

    /** Held while sinks are stopped, so that it is done before the state of the pipeline changes. */
    private final Object stopping = new Object();

    /** Guarded by this; it ends under {@link #stopping}, too. */
    private boolean sending;

    /** Guarded by this. */
    private @Nullable Throwable closed;

    /** @param tasks those that change the state */
    EndSender(NativePipeline pipeline, SerialTasks tasks, LoopNotifier notifier) {
        this.pipeline = pipeline;
        this.tasks = tasks;
        this.notifier = notifier;
    }

    Future<Void> send() {
        Promise<Void> sent = notifier.newPromise();
        synchronized (this) {
            if (closed != null) {
                return notifier.newFailedFuture(closed);
            }
            waiting.add(sent);
        }
        tasks.execute(this::trySend);
        return sent;
    }

    /** The pipeline has begun to play. */
    void playing() {
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
        }
        tasks.execute(this::trySend);
    }

    /** On a thread that may wait, where the state does not change meanwhile. */
    private void trySend() {
        long address = pipeline.retain();
        if (address == 0) {
            return;
        }
        try {
            List<Promise<Void>> senders = begin(address);
            if (!senders.isEmpty()) {
                boolean taken = sendNow(address);
                senders.forEach(sent -> sent(sent, taken));
                if (taken) {
                    awaitPassed(address);
                }
            }
        } finally {
            NativePipeline.release(address);
        }
    }

    private List<Promise<Void>> begin(long address) {
        StateNow now = LibGstElement.gst_element_get_state(address);
        synchronized (this) {
            if (now.state() != GstState.PLAYING.ordinal()
                    || now.pending() != GstState.VOID_PENDING.ordinal()
                    || waiting.isEmpty()) {
                return List.of();
            }
            List<Promise<Void>> senders = List.copyOf(waiting);
            waiting.clear();
            sending = true;
            return senders;
        }
    }

    private void finish() {
        synchronized (stopping) {
            synchronized (this) {
                sending = false;
            }
        }
    }

    private synchronized boolean isSending() {
        return sending;
    }

    private boolean sendNow(long address) {
        boolean taken = false;
        try {
            for (long source : LibGstBin.sources(address)) {
                taken |= LibGstElement.sendEos(source);
                LibGst.gst_object_unref(source);
            }
        } finally {
            finish();
        }
        return taken;
    }

    /**
     * A source gets the end from one thread and passes it on by another. Stopped in between, those of GStreamer 1.22 pass on nothing, which is a
     * critical: the state is not changed so soon.
     */
    private static void awaitPassed(long address) {
        long start = System.nanoTime();
        for (long source : LibGstBin.sources(address)) {
            while (!LibGstElement.hasPassedEos(source) && System.nanoTime() - start < PASSING_NANOS) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
            LibGst.gst_object_unref(source);
        }
    }

    private void sent(Promise<Void> sent, boolean taken) {
        if (taken) {
            sent.trySuccess(null);
        } else {
            sent.tryFailure(new IllegalStateException("no source of " + pipeline + " takes the end of the stream"));
        }
    }

    /** The pipeline is going to stop and to drop what it holds. */
    void stop(Throwable cause) {
        List<Promise<Void>> given;
        boolean heldUp;
        synchronized (this) {
            given = List.copyOf(waiting);
            waiting.clear();
            heldUp = sending;
        }
        given.forEach(sent -> sent.tryFailure(cause));
        if (heldUp) {
            StateThreads.execute(this::stopSinks);
        }
    }

    void close(Throwable cause) {
        synchronized (this) {
            closed = cause;
        }
        stop(cause);
    }

    private void stopSinks() {
        long address = pipeline.retain();
        if (address == 0) {
            return;
        }
        synchronized (stopping) {
            if (isSending()) {
                for (long sink : LibGstBin.sinks(address)) {
                    LibGstElement.gst_element_set_state(sink, GstState.READY.ordinal());
                    LibGst.gst_object_unref(sink);
                }
            }
        }
        NativePipeline.release(address);
    }
}
