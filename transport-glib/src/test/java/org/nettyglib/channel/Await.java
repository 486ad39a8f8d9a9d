package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.fail;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread brings about, and fails when it does not. */
public final class Await {
    public static final long SECONDS = 60;

    private Await() {}

    public static void until(BooleanSupplier condition, Supplier<String> description) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("not within %d s: %s", SECONDS, description.get());
            }
            Thread.sleep(2);
        }
    }

    /** The result of a future that succeeds. */
    public static <T> T success(Future<T> future) throws InterruptedException {
        done(future);
        if (!future.isSuccess()) {
            throw new AssertionError("failed: " + future, future.cause());
        }
        return future.getNow();
    }

    /** The cause of a future that fails. */
    public static Throwable failure(Future<?> future) throws InterruptedException {
        done(future);
        if (future.isSuccess()) {
            fail("has to fail, but succeeded: %s", future);
        }
        return future.cause();
    }

    public static void done(Future<?> future) throws InterruptedException {
        if (!future.await(SECONDS, TimeUnit.SECONDS)) {
            fail("not done within %d s: %s", SECONDS, future);
        }
    }
}
