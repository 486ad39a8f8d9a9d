package org.nettyglib.loop;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the context of one loop stalls. One that has not been iterated since the last look may just sleep, so
 * it is woken up: if it is not iterated then either, it stalls.
 *
 * <p>The watchdog's thread looks, any may {@link #close}.
 */
final class StallCheck {
    /** Looks in the time that a context has. */
    private static final int LOOKS = 4;

    private final Watched loop;
    private final long limitNanos;
    private final long intervalNanos;
    private boolean closed;

    private long lastLook;
    private long iterations;

    /** The look at which this number of iterations was there first. */
    private long since;

    private boolean woken;
    private long wokenAt;
    private @Nullable Stall stall;

    StallCheck(Watched loop, long limitNanos, long now) {
        this.loop = loop;
        this.limitNanos = limitNanos;
        intervalNanos = Math.max(limitNanos / LOOKS, TimeUnit.MILLISECONDS.toNanos(1));
        iterations = loop.iterations();
        lastLook = now;
        since = now;
    }

    Watched loop() {
        return loop;
    }

    /** How long until the next look, in nanoseconds. */
    long remaining(long now) {
        return lastLook + intervalNanos - now;
    }

    void look(long now) {
        // This thread did not run either (a collection, a debugger, no processor to be had): that proves nothing.
        boolean late = now - lastLook > 2 * intervalNanos;
        lastLook = now;
        long current = loop.iterations();
        if (current != iterations) {
            if (stall != null) {
                stall.over(now - since);
                stall = null;
            }
            iterations = current;
            restart(now);
        } else if (stall == null) {
            Thread thread = loop.thread();
            if (late || !matters(thread)) {
                restart(now);
            } else if (!woken) {
                wake(now);
            } else if (now - since >= limitNanos && now - wokenAt >= limitNanos / 2) {
                stall = new Stall(loop.name(), thread);
                stall.begun(now - since);
            }
        }
    }

    /** A context that nobody iterates may stay as it is for as long as nobody waits for it. */
    private boolean matters(@Nullable Thread thread) {
        return thread != null && thread.isAlive() || loop.hasWaitingTasks();
    }

    private void restart(long now) {
        since = now;
        woken = false;
    }

    private synchronized void wake(long now) {
        if (!closed) {
            woken = true;
            wokenAt = now;
            loop.wakeup();
        }
    }

    /** When this returns, the loop is not woken up any more. */
    synchronized void close() {
        closed = true;
    }
}
