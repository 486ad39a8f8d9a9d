package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether contexts are iterated, and logs the stack of a thread that does not iterate its one. There is one thread
 * for all loops of the process, from the first to the last that wants it; it does not keep the JVM alive.
 *
 * <p>Knows a loop by {@link Watched} alone, until {@link #remove}. Its methods may be called from any thread.
 */
final class Watchdog {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Watchdog.class);

    /** Guards the two fields below. */
    private static final Object LOCK = new Object();

    private static final List<StallCheck> checks = new ArrayList<>();
    private static @Nullable Thread thread;

    private Watchdog() {}

    /** Watches a loop whose context has to be iterated at least so often. */
    static void add(Watched loop, Duration limit) {
        StallCheck check = new StallCheck(loop, TimeUnit.NANOSECONDS.convert(limit), System.nanoTime());
        synchronized (LOCK) {
            checks.add(check);
            if (thread == null) {
                thread = Thread.ofPlatform()
                        .daemon()
                        .name("glib-watchdog")
                        .inheritInheritableThreadLocals(false)
                        .unstarted(Watchdog::run);
                // Whose loop it was that needed the thread first is not its business.
                thread.setContextClassLoader(null);
                thread.start();
            }
            LOCK.notifyAll();
        }
    }

    /** Forgets a loop: when this returns, it is not woken up any more. Nothing happens if it is not watched. */
    static void remove(Watched loop) {
        synchronized (LOCK) {
            for (StallCheck check : List.copyOf(checks)) {
                if (check.loop() == loop) {
                    check.close();
                    checks.remove(check);
                }
            }
            LOCK.notifyAll();
        }
    }

    private static void run() {
        while (awaitLook()) {
            lookAtAll();
        }
    }

    /** Returns false when there is nothing left to look at, and this thread has to end. */
    private static boolean awaitLook() {
        synchronized (LOCK) {
            while (!checks.isEmpty()) {
                long nanos = remaining();
                if (nanos <= 0) {
                    return true;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(LOCK, nanos);
                } catch (InterruptedException ignored) {
                    // Nobody has a reason to: this thread ends by itself.
                }
            }
            thread = null;
            return false;
        }
    }

    private static long remaining() {
        long now = System.nanoTime();
        return checks.stream().mapToLong(check -> check.remaining(now)).min().orElse(0);
    }

    private static void lookAtAll() {
        List<StallCheck> all;
        synchronized (LOCK) {
            all = List.copyOf(checks);
        }
        long now = System.nanoTime();
        for (StallCheck check : all) {
            if (check.remaining(now) <= 0) {
                look(check);
            }
        }
    }

    private static void look(StallCheck check) {
        try {
            check.look(System.nanoTime());
        } catch (RuntimeException | Error e) {
            logger.warn(
                    "The watchdog failed to look at event loop {}.",
                    check.loop().name(),
                    e);
        }
    }
}
