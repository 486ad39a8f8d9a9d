package org.nettyglib.benchmarks.server;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** When frames were drawn. One thread adds, any thread may ask. */
final class FrameLog {

    private long[] nanos = new long[1 << 14];
    private int count;

    /**
     * The frames of a window.
     *
     * @param drawn how many
     * @param longestGapNanos the longest time without one, from the window's begin and to its end as well
     */
    record Frames(int drawn, long longestGapNanos) {
        @Override
        public String toString() {
            return "frames=" + drawn + " longest_gap_us=" + TimeUnit.NANOSECONDS.toMicros(longestGapNanos);
        }
    }

    /** Adds a frame that is later than all others. */
    synchronized void add(long at) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = at;
    }

    /** The frames from one instant, inclusive, to another, exclusive; {@link System#nanoTime()} of this process or of another. */
    synchronized Frames between(long from, long to) {
        int drawn = 0;
        long last = from;
        long longest = 0;
        for (int i = 0; i < count; i++) {
            if (nanos[i] >= from && nanos[i] < to) {
                drawn++;
                longest = Math.max(longest, nanos[i] - last);
                last = nanos[i];
            }
        }
        return new Frames(drawn, Math.max(longest, to - last));
    }
}
