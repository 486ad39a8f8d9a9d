package org.nettyglib.poll;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;

/** What a loop does about a failure of its own: it would spin if it just went on, as the failure probably comes again. */
public final class BackOff {
    /** For how long. */
    static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(BackOff.class);

    private BackOff() {}

    static void log(Throwable failure) {
        logger.warn("An iteration of the main context failed; the loop goes on in a second.", failure);
    }

    /** Logs the failure and lets the calling thread, which must be a loop's own, sleep for a second. */
    public static void after(RuntimeException failure) {
        log(failure);
        try {
            TimeUnit.NANOSECONDS.sleep(NANOS);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
