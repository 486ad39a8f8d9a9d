package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a loop tells Flight Recorder. No class of {@code jdk.jfr} is loaded before somebody records, and none is named here:
 * the module may be missing.
 */
final class LoopEvents {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(LoopEvents.class);

    /** Weak, because not everybody shuts his groups down. */
    private static final Set<LoopEvents> OPEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Whether the event classes may be used. It is false until the first recording, and then true for good. */
    private static volatile boolean inUse;

    static {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            awaitRecorder();
        }
    }

    private final String loop;
    private final GLibLoopMetrics metrics;

    /** The {@link SlowTurnEvent} that is under way. */
    private @Nullable Object turn;

    /**
     * The events of one loop, which keeps this object.
     *
     * @param loop its name in the events
     */
    LoopEvents(String loop, GLibLoopMetrics metrics) {
        this.loop = loop;
        this.metrics = metrics;
    }

    private static void awaitRecorder() {
        try {
            RecorderStart.listen(() -> inUse = true);
        } catch (RuntimeException | LinkageError e) {
            logger.debug("There are no Flight Recorder events of event loops.", e);
        }
    }

    /** The loops that are open now. */
    static List<LoopEvents> all() {
        synchronized (OPEN) {
            return List.copyOf(OPEN);
        }
    }

    String loop() {
        return loop;
    }

    GLibLoopMetrics metrics() {
        return metrics;
    }

    /** From now on the metrics are recorded. From any thread, as all but the two methods about turns. */
    void open() {
        OPEN.add(this);
    }

    /** The loop has ended. Nothing happens the second time. */
    void close() {
        OPEN.remove(this);
    }

    /** The loop's sources begin to work, or go on after a nested main loop. On the thread that iterates the context. */
    void turnBegins() {
        if (inUse) {
            turn = SlowTurnEvent.start();
        }
    }

    /** They have done, or a nested main loop has begun. On the same thread. */
    void turnEnds(int nestingDepth) {
        Object begun = turn;
        if (begun != null) {
            turn = null;
            SlowTurnEvent.finish(begun, loop, nestingDepth);
        }
    }

    /** The watchdog has found a stall, or its end. From its thread. */
    static void stalled(String loop, @Nullable Thread thread, long nanos, boolean over) {
        if (inUse) {
            StallEvent.emit(loop, thread, nanos, over);
        }
    }
}
