package org.nettyglib.examples.live.web;

import java.util.ArrayList;
import java.util.List;

/** The time between the frames of the last second. */
final class FrameRate {

    private static final double MILLISECOND = 1e6;

    /** No pipeline is that fast; it bounds the list when nobody takes it. */
    private static final int MOST = 240;

    private List<Double> gaps = new ArrayList<>();
    private long last;

    void frame(long nanoTime) {
        if (last != 0 && gaps.size() < MOST) {
            gaps.add(Math.round((nanoTime - last) / MILLISECOND * 10) / 10.0);
        }
        last = nanoTime;
    }

    /** The gaps since the last call, in milliseconds. */
    List<Double> take() {
        List<Double> taken = gaps;
        gaps = new ArrayList<>();
        return taken;
    }
}
