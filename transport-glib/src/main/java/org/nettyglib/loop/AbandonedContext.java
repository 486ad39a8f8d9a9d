package org.nettyglib.loop;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogLevel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attached loop whose context is not iterated any more: a shutdown must come to an end. A context that nobody owns
 * and nobody has iterated for a second is taken for that. If a thread still owns it when the timeout has passed, nobody
 * else can end the loop, and its termination fails.
 */
final class AbandonedContext {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AbandonedContext.class);

    /** For how long the owner need not iterate, and how long it may be late. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Attachment attachment;
    private final GLibLoopMetrics metrics;
    private final Promise<?> termination;
    private final long end;
    private long iterations;
    private volatile @Nullable Future<?> next;

    /** @param timeoutNanos in which the owner may end the loop itself */
    AbandonedContext(Attachment attachment, GLibLoopMetrics metrics, Promise<?> termination, long timeoutNanos) {
        this.attachment = attachment;
        this.metrics = metrics;
        this.termination = termination;
        iterations = metrics.iterations();
        end = System.nanoTime() + timeoutNanos + GRACE_NANOS;
        // What is scheduled would keep the JVM.
        termination.addListener(ended -> cancel());
    }

    /** Looks a second after the given time, and again each second until the loop has ended. */
    void lookAfter(long nanos) {
        next = GlobalEventExecutor.INSTANCE.schedule(this::look, nanos + GRACE_NANOS, TimeUnit.NANOSECONDS);
        if (termination.isDone()) {
            cancel();
        }
    }

    private void cancel() {
        Future<?> look = next;
        if (look != null) {
            look.cancel(false);
        }
    }

    private void look() {
        if (attachment.isTerminated()) {
            return;
        }
        boolean late = System.nanoTime() - end >= 0;
        // Also where nobody owns the context: it may be between two iterations.
        boolean alive = metrics.iterations() != iterations;
        iterations = metrics.iterations();
        boolean ended = (late || !alive) && endIfFree(late ? InternalLogLevel.WARN : InternalLogLevel.INFO);
        if (late && !ended) {
            fail();
        } else if (!attachment.isTerminated()) {
            lookAfter(0);
        }
    }

    private boolean endIfFree(InternalLogLevel level) {
        Thread thread = attachment.owner().thread();
        return attachment.dispatchIfFree(() -> {
            logger.log(
                    level,
                    "The main context of an attached event loop is not iterated any more (last by {}), so that the loop is"
                            + " shut down by {}.",
                    name(thread),
                    name(Thread.currentThread()));
            attachment.endNow();
        });
    }

    private void fail() {
        IllegalStateException failure = new IllegalStateException("The event loop could not be shut down in time: "
                + name(attachment.owner().thread())
                + " owns its main context and does not come to an end (a callback or a"
                + " nested main loop that does not return?). What is left of the loop ends when it does.");
        if (termination.tryFailure(failure)) {
            logger.warn(failure.getMessage());
        }
    }

    private static String name(@Nullable Thread thread) {
        return thread == null ? "no thread" : "thread " + thread.getName();
    }
}
