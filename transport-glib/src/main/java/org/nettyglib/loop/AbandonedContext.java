package org.nettyglib.loop;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attached loop whose context is not iterated any more: a shutdown must come to an end when its time is up. A
 * context that nobody owns is taken for that; one that a thread holds and does not iterate cannot be, and the termination
 * fails.
 */
final class AbandonedContext {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(AbandonedContext.class);

    /** How long the owner may be late. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Attachment attachment;
    private final Promise<?> termination;

    AbandonedContext(Attachment attachment, Promise<?> termination) {
        this.attachment = attachment;
        this.termination = termination;
    }

    /** Looks after the given time, unless the loop has ended by then. */
    void lookAfter(long nanos) {
        Future<?> look = GlobalEventExecutor.INSTANCE.schedule(this::look, nanos + GRACE_NANOS, TimeUnit.NANOSECONDS);
        // It would keep the JVM.
        termination.addListener(ended -> look.cancel(false));
    }

    private void look() {
        if (attachment.isTerminated()) {
            return;
        }
        Thread thread = attachment.owner().thread();
        boolean ended = attachment.owner().runIfFree(() -> {
            logger.warn(
                    "The main context of an attached event loop is not iterated any more (last by {}), so that the loop is"
                            + " shut down by {}.",
                    name(thread),
                    name(Thread.currentThread()));
            attachment.endNow();
        });
        if (!ended) {
            IllegalStateException failure = new IllegalStateException("The event loop could not be shut down in time: "
                    + name(thread)
                    + " owns its main context and does not iterate it (a callback that does not return?)."
                    + " What is left of the loop ends when it does.");
            logger.warn(failure.getMessage());
            termination.tryFailure(failure);
        }
    }

    private static String name(@Nullable Thread thread) {
        return thread == null ? "no thread" : "thread " + thread.getName();
    }
}
