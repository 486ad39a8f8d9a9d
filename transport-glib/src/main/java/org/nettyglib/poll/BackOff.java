package org.nettyglib.poll;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;

/** What a loop does about a failure of its own: it would spin if it just went on, as the failure probably comes again. */
public final class BackOff {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(BackOff.class);

    private BackOff() {}

    /** Logs the failure and lets the calling thread, the loop's, sleep for a second. */
    public static void after(RuntimeException failure) {
        logger.warn("An iteration of the main context failed; the loop goes on in a second.", failure);
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
