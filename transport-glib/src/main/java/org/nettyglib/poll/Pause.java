package org.nettyglib.poll;

import java.util.concurrent.TimeUnit;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.SourceFuncs;

/**
 * The time in which the sources of a loop stand back so that sources of lower priority have their turn, which GLib gives
 * to none of them while one of higher priority is ready.
 *
 * <p>Meanwhile a source of the lowest usual priority, that of idle functions, is ready: as soon as GLib comes to that
 * one, everybody else had a turn or has nothing to do, and the pause is over. Where others would never come to an end,
 * it ends after a given time.
 */
final class Pause implements SourceFuncs.Target {
    /** {@code glib/gmain.h}: {@code G_PRIORITY_DEFAULT_IDLE}. */
    private static final int IDLE_PRIORITY = 200;

    private static final long NO_SOURCE = 0;
    private static final long NEVER = -1;
    private static final long AT_ONCE = 0;

    private final long context;
    private final int priority;
    private final Pausable sources;
    private int level;
    private long source = NO_SOURCE;
    private boolean active;
    private int iterations;
    private boolean closed;
    private long end;

    /** What a pause does to the sources of a loop. */
    interface Pausable {
        /** Lets no source of this priority or a higher one be ready. */
        void pause(int level);

        /** Undoes {@link #pause(int)}. */
        void resume();
    }

    /** @param priority the loop's */
    Pause(long context, int priority, Pausable sources) {
        this.context = context;
        this.priority = Math.max(priority, IDLE_PRIORITY);
        this.sources = sources;
    }

    boolean isActive() {
        return active;
    }

    /** Says whether a source of this priority stands back. */
    boolean holds(int priority) {
        return active && priority <= level;
    }

    /** Begins a pause of the given priority and higher ones, for others to have their turn and no longer than a time. */
    void begin(int level, long maxNanos) {
        start(level, maxNanos, AT_ONCE);
    }

    /** Begins a pause of all sources of just this time. */
    void rest(long nanos) {
        // GLib counts in microseconds, on the clock of System.nanoTime().
        start(Integer.MAX_VALUE, nanos, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() + nanos));
    }

    private void start(int level, long nanos, long readyTime) {
        if (active || closed) {
            return;
        }
        active = true;
        this.level = level;
        iterations = 0;
        end = System.nanoTime() + nanos;
        sources.pause(level);
        if (source == NO_SOURCE) {
            source = SourceFuncs.newPassiveSource(this);
            SourceSetup.apply(source, "netty-pause", priority);
            LibGlib.g_source_set_ready_time(source, readyTime);
            LibGlib.g_source_attach(source, context);
        } else {
            LibGlib.g_source_set_ready_time(source, readyTime);
        }
    }

    /** The context is about to look for what is ready. */
    void iterating() {
        iterations++;
    }

    /** A source has only now made way: an iteration is to follow in which it is not in the way. */
    void prolong() {
        iterations = 0;
    }

    /** Ends the pause if its time is up and somebody could have had a turn. */
    void endIfOver() {
        if (active && iterations > 1 && System.nanoTime() - end >= 0) {
            stop();
        }
    }

    @Override
    public boolean prepare() {
        return false;
    }

    @Override
    public void dispatch() {
        stop();
    }

    private void stop() {
        if (active) {
            active = false;
            LibGlib.g_source_set_ready_time(source, NEVER);
            sources.resume();
        }
    }

    void close() {
        closed = true;
        active = false;
        if (source != NO_SOURCE) {
            SourceFuncs.destroy(source);
            source = NO_SOURCE;
        }
    }
}
