package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is told of a context that is not iterated. */
final class Stall {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Watchdog.class);

    private final String loop;
    private final @Nullable Thread thread;

    /**
     * A stall that has been found.
     *
     * @param thread who iterates the context, or null if nobody has yet
     */
    Stall(String loop, @Nullable Thread thread) {
        this.loop = loop;
        this.thread = thread;
    }

    void begun(long nanos) {
        String what = "The main context of event loop " + loop + " has not been iterated for "
                + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms: ";
        if (thread != null && thread.isAlive()) {
            logger.warn(what + "this is what its thread does.", new StackOf(thread));
        } else {
            logger.warn(what + whoIsMissing()
                    + ", and tasks wait. Run a main loop on the context (MainLoop.run(), Application.run()), or shut the"
                    + " event loop group down.");
        }
        LoopEvents.stalled(loop, thread, nanos, false);
    }

    private String whoIsMissing() {
        return thread == null
                ? "no thread has run it yet"
                : "thread " + thread.getName() + ", which did so last, has ended";
    }

    void over(long nanos) {
        logger.warn(
                "The main context of event loop {} is iterated again, after {} ms.",
                loop,
                TimeUnit.NANOSECONDS.toMillis(nanos));
        LoopEvents.stalled(loop, thread, nanos, true);
    }

    /** Carries a stack to the log; nothing is thrown. */
    @SuppressWarnings("serial")
    private static final class StackOf extends Throwable {
        StackOf(Thread thread) {
            super("thread " + thread.getName(), null, false, true);
            setStackTrace(thread.getStackTrace());
        }
    }
}
