package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstElement.StateNow;
import org.nettyglib.util.LoopNotifier;

/**
 * The changes of a pipeline's state, one after the other, never on the loop's thread. Only the last that was asked for counts. From
 * any thread, except where it says something else.
 */
final class StateChanges {
    /** How long to wait for the message of a change that is over. */
    private static final long MESSAGE_MILLIS = 100;

    /** After so long it is looked at whether a change is still under way, and again. */
    private static final long FORGOTTEN_MILLIS = 1000;

    private final NativePipeline pipeline;
    private final EventLoop loop;
    private final LoopNotifier notifier;
    private final SerialTasks tasks;
    private final Runnable receiveMessages;
    private final Runnable stopped;

    /** The last one, which may be over. Guarded by this. */
    private @Nullable StateChange last;

    /** Guarded by this. */
    private @Nullable Throwable closed;

    /**
     * @param receiveMessages takes what is on the bus, on the loop's thread
     * @param stopped told of READY and NULL, after the messages from before and before who waits for it
     */
    StateChanges(
            NativePipeline pipeline,
            EventLoop loop,
            LoopNotifier notifier,
            SerialTasks tasks,
            Runnable receiveMessages,
            Runnable stopped) {
        this.pipeline = pipeline;
        this.loop = loop;
        this.notifier = notifier;
        this.tasks = tasks;
        this.receiveMessages = receiveMessages;
        this.stopped = stopped;
    }

    Future<Void> request(GstState target, @Nullable Duration timeout) {
        StateChange change = new StateChange(target, notifier.newPromise(), notifier.newPromise());
        StateChange before;
        synchronized (this) {
            if (closed != null) {
                return notifier.newFailedFuture(closed);
            }
            before = last;
            last = change;
        }
        if (before != null) {
            before.supersede(change);
        }
        if (timeout != null) {
            change.limit(timeout, pipeline, loop);
        }
        tasks.execute(() -> run(change));
        return change.future();
    }

    private synchronized boolean isLast(StateChange change) {
        return last == change && closed == null;
    }

    private synchronized @Nullable StateChange last() {
        return last;
    }

    /** On a thread that may wait. */
    private void run(StateChange change) {
        long address = isLast(change) ? pipeline.retain() : 0;
        if (address == 0) {
            return;
        }
        try {
            change.begin(pipeline.state());
            switch (LibGstElement.gst_element_set_state(address, change.target().ordinal())) {
                case LibGstElement.STATE_CHANGE_FAILURE -> notifier.execute(() -> failed(change));
                case LibGstElement.STATE_CHANGE_ASYNC -> {
                    change.await();
                    // The message of its end may have been received before.
                    notifier.execute(this::look);
                    notifier.after(FORGOTTEN_MILLIS, () -> remind(change));
                }
                default -> notifier.execute(() -> reached(change));
            }
        } finally {
            NativePipeline.release(address);
        }
    }

    /**
     * GStreamer forgets a change, rarely, if another was asked for while its elements were on their way: all of them are at rest then, and the
     * pipeline waits for them, or they wait for {@linkplain SleepingSources sources that sleep}. On the loop's thread.
     */
    private void remind(StateChange change) {
        if (!isLast(change) || change.hasFailed()) {
            return;
        }
        tasks.execute(() -> {
            long address = isLast(change) ? pipeline.retain() : 0;
            if (address == 0) {
                return;
            }
            try {
                if (!change.isWaiting()
                        && LibGstElement.gst_element_get_state(address).pending()
                                != change.target().ordinal()) {
                    return;
                }
                if (change.target() == GstState.PLAYING) {
                    SleepingSources.wake(address);
                }
                if (StuckElements.none(address)) {
                    LibGstElement.gst_element_set_state(address, change.target().ordinal());
                    notifier.execute(this::look);
                }
            } finally {
                NativePipeline.release(address);
            }
            notifier.after(FORGOTTEN_MILLIS, () -> remind(change));
        });
    }

    /** What an element says about it comes first, as its message. */
    private void failed(StateChange change) {
        receiveMessages.run();
        change.fail(new GstException(
                pipeline.name(),
                GstException.CORE_DOMAIN,
                GstException.STATE_CHANGE_CODE,
                "does not get from " + pipeline.state() + " to " + change.target() + ", and no element says why",
                null));
    }

    /** Who is told of it has seen all messages from before. */
    private void reached(StateChange change) {
        receiveMessages.run();
        if (change.target().compareTo(GstState.READY) <= 0) {
            stopped.run();
        }
        change.succeed();
    }

    /**
     * The pipeline says that it has got to a state. On the loop's thread.
     *
     * @param pending where it is going to from there
     */
    void arrived(GstState state, GstState pending) {
        StateChange change = last();
        if (change != null && state == change.target() && pending == GstState.VOID_PENDING) {
            change.announced();
        }
        look();
    }

    /** The pipeline may be in the state that somebody waits for. On the loop's thread. */
    void look() {
        StateChange change = last();
        long address = change == null || !change.isWaiting() ? 0 : pipeline.retain();
        if (change == null || address == 0) {
            return;
        }
        StateNow now;
        try {
            now = LibGstElement.gst_element_get_state(address);
        } finally {
            NativePipeline.release(address);
        }
        if (now.result() == LibGstElement.STATE_CHANGE_FAILURE) {
            failed(change);
        } else if (now.result() != LibGstElement.STATE_CHANGE_ASYNC
                && now.state() == change.target().ordinal()) {
            if (change.isAnnounced()) {
                change.succeed();
            } else {
                // The message, which the pipeline posts after it has changed its state, comes first.
                notifier.after(MESSAGE_MILLIS, () -> reached(change));
            }
        }
    }

    /** An element has failed. {@return whether a change has failed by it} */
    boolean failed(GstException cause) {
        StateChange change = last();
        return change != null && change.failed(cause);
    }

    /** The pipeline chooses a clock on its way from {@code PAUSED} to {@code PLAYING}. */
    void changeClock() {
        tasks.execute(() -> {
            StateChange change = last();
            if (change == null || change.target() != GstState.PLAYING) {
                return;
            }
            long address = pipeline.retain();
            if (address == 0) {
                return;
            }
            try {
                LibGstElement.gst_element_set_state(address, GstState.PAUSED.ordinal());
                LibGstElement.gst_element_set_state(address, GstState.PLAYING.ordinal());
            } finally {
                NativePipeline.release(address);
            }
            notifier.after(FORGOTTEN_MILLIS, () -> remind(change));
        });
    }

    /** No further change is begun; who waits for one is told. */
    void close(Throwable cause) {
        StateChange change;
        synchronized (this) {
            closed = cause;
            change = last;
        }
        if (change != null) {
            change.fail(cause);
        }
    }
}
