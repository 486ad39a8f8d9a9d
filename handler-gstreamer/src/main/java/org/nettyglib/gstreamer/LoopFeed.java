package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to the viewers on one loop. Frames come from whoever pulls, one thread at a time; the loop is woken up once for all
 * that have come meanwhile, and each viewer is flushed once for them. On the loop's thread, where nothing else is said.
 */
final class LoopFeed implements Runnable {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(LoopFeed.class);

    /** After so many frames the loop does something else. */
    private static final int BATCH = 64;

    /** Frames were dropped because the loop was behind. */
    private record Gap(long frames) {}

    private final EventLoop loop;
    private final AppSinkSource source;
    private final boolean waits;
    private final int maxPending;
    private final boolean resumesAtKeyFrame;
    private final GenericFutureListener<Future<Object>> loopEnd = end -> loopEnded();
    private final ViewerList viewers = new ViewerList();

    /** Replaced, never changed, so that it may be walked through meanwhile. */
    private FrameTap[] taps = {};

    /** From any thread: emptied by the loop, or by anybody after {@link #closed} is set. */
    private final Queue<Object> queue = new ConcurrentLinkedQueue<>();

    /** How many are in the queue or in hand. Who makes it 1 hands this to the loop, which goes on until it is 0. */
    private final AtomicInteger pending = new AtomicInteger();

    private volatile boolean closed;

    /** Some viewers are not writable, and everybody waits for them. */
    private volatile boolean stalled;

    private int stalling;
    private boolean running;

    /** Some viewers may have been written what was not flushed. */
    private boolean unflushed;

    private boolean runAgain;
    private StreamHead head;

    /** Nothing else has come since the header is known: what comes may be its parts, which muxers put into the stream as well. */
    private boolean isAtHead = true;

    /** A part of the header that was left out was where a viewer can begin, so the next frame is. */
    private boolean beginsNext;

    /** How many viewers and listeners there are; guarded by the {@link LoopFeeds}. */
    int members;

    /** Of the thread that pulls: how many frames were dropped since the last that was not. */
    private long skipped;

    LoopFeed(EventLoop loop, AppSinkSource source) {
        this.loop = loop;
        this.source = source;
        waits = source.settings().policy().blocks();
        maxPending = source.settings().maxPending();
        resumesAtKeyFrame = source.settings().resumesAtKeyFrame();
        head = StreamHead.of(source.pump().caps());
        termination().addListener(loopEnd);
    }

    @SuppressWarnings("unchecked") // what it ends with is of no interest
    private Future<Object> termination() {
        return (Future<Object>) loop.terminationFuture();
    }

    EventLoop loop() {
        return loop;
    }

    /** Whether nothing more should come. From any thread. */
    boolean isFull() {
        return stalled || pending.get() >= maxPending;
    }

    /** Takes a reference of its own. By the thread that pulls. */
    void offer(MediaFrame frame) {
        if (!waits) {
            // Without the key frame, the frames after it are of no use to anybody.
            if (pending.get() >= maxPending || (skipped > 0 && !frame.isKeyFrame() && resumesAtKeyFrame)) {
                skipped++;
                return;
            }
            if (skipped > 0) {
                add(new Gap(skipped));
                skipped = 0;
            }
        }
        add(frame.retain());
    }

    /** By the thread that pulls. */
    void offer(StreamEnd end) {
        if (skipped > 0) {
            add(new Gap(skipped));
            skipped = 0;
        }
        add(end);
    }

    private void add(Object entry) {
        queue.add(entry);
        if (pending.getAndIncrement() == 0) {
            schedule();
        }
        // Either this sees that nobody takes it, or who has closed sees it.
        if (closed) {
            discard();
        }
    }

    private void schedule() {
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            // Its viewers are let go when it has ended.
            source.feeds().remove(this);
            close();
        }
    }

    @Override
    public void run() {
        if (running) {
            // In a main loop that a handler or an encoder runs.
            runAgain = true;
            return;
        }
        running = true;
        boolean unfinished = false;
        try {
            unfinished = feed();
        } finally {
            running = false;
            viewers.compact();
        }
        if (unfinished || runAgain) {
            runAgain = false;
            if (pending.get() > 0 && !closed) {
                schedule();
            }
        }
        if (waits && !stalled) {
            source.pump().resume(loop);
        }
    }

    /** {@return whether the loop's time was up before the queue was empty} */
    private boolean feed() {
        int budget = BATCH;
        while (pending.get() > 0 && !stalled) {
            if (budget-- == 0) {
                flush();
                return true;
            }
            Object entry = queue.poll();
            if (entry == null) {
                break;
            }
            try {
                deliver(entry);
            } catch (Throwable t) {
                logger.warn("A frame did not get to all viewers on a loop.", t);
            }
            if ((pending.decrementAndGet() == 0 || stalled) && unflushed) {
                // Meanwhile this may end a stall.
                flush();
            }
        }
        return false;
    }

    private void deliver(Object entry) {
        switch (entry) {
            case MediaFrame frame -> {
                try {
                    deliver(frame);
                } finally {
                    frame.release();
                }
            }
            case Gap gap -> forEach(viewer -> viewer.missByGap(gap.frames()));
            case StreamEnd end -> {
                isAtHead = true;
                forEach(Viewer::end);
                end.told();
            }
            default -> throw new AssertionError(entry);
        }
    }

    private void deliver(MediaFrame frame) {
        for (FrameTap tap : taps) {
            tap.take(frame);
        }
        if (frame.caps() != head.caps()) {
            head = StreamHead.of(frame.caps());
            isAtHead = true;
        }
        if (isAtHead && head.contains(frame)) {
            // Viewers get it from the caps.
            beginsNext |= frame.isKeyFrame();
            return;
        }
        boolean isKey = frame.isKeyFrame() || beginsNext;
        isAtHead = false;
        beginsNext = false;
        // Where none waits behind it, what belongs to a viewer is in the processor's cache once instead of twice.
        boolean isAlone = pending.get() == 1;
        unflushed = true;
        int count = viewers.size();
        for (int i = 0; i < count; i++) {
            Viewer viewer = viewers.get(i);
            if (viewer != null) {
                viewer.take(frame, isKey);
                if (isAlone) {
                    viewer.flush();
                }
            }
        }
        unflushed = !isAlone;
    }

    private void flush() {
        unflushed = false;
        int count = viewers.size();
        for (int i = 0; i < count; i++) {
            Viewer viewer = viewers.get(i);
            if (viewer != null) {
                viewer.flush();
            }
        }
    }

    private void forEach(Consumer<Viewer> action) {
        int count = viewers.size();
        for (int i = 0; i < count; i++) {
            Viewer viewer = viewers.get(i);
            if (viewer != null) {
                action.accept(viewer);
            }
        }
    }

    /** {@return the header for frames of certain caps} */
    StreamHead head(@Nullable MediaCaps caps) {
        return caps == head.caps() ? head : StreamHead.of(caps);
    }

    /** {@return the header for the frames that come now, as far as is known} */
    StreamHead head() {
        return head;
    }

    /** A viewer which has joined by {@link LoopFeeds#join}. */
    void add(Viewer viewer) {
        viewers.add(viewer);
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer, running);
        leave();
    }

    private void leave() {
        if (source.feeds().leave(this)) {
            close();
        }
    }

    /** A listener, which has joined by {@link LoopFeeds#join}. */
    void add(FrameTap tap) {
        taps = Stream.concat(Stream.of(taps), Stream.of(tap)).toArray(FrameTap[]::new);
    }

    void remove(FrameTap tap) {
        taps = Stream.of(taps).filter(other -> other != tap).toArray(FrameTap[]::new);
        leave();
    }

    /** Everybody waits for a viewer. */
    void stall() {
        stalling++;
        stalled = true;
    }

    /** Nobody waits for it any more. */
    void unstall() {
        if (--stalling == 0) {
            stalled = false;
            run();
        }
    }

    /** Nothing more is taken. From any thread. */
    private void close() {
        closed = true;
        termination().removeListener(loopEnd);
        discard();
        source.pump().resume(loop);
    }

    private void discard() {
        Object entry;
        while ((entry = queue.poll()) != null) {
            if (entry instanceof MediaFrame frame) {
                frame.release();
            } else if (entry instanceof StreamEnd end) {
                end.told();
            }
        }
    }

    /** The loop's thread does nothing any more, and what it did is to be seen here. */
    private void loopEnded() {
        source.feeds().remove(this);
        forEach(Viewer::abandon);
        close();
    }
}
