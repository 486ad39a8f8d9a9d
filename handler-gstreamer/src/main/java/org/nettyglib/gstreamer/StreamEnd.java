package org.nettyglib.gstreamer;

import java.util.concurrent.atomic.AtomicInteger;

/** The end of the stream on its way to the viewers. It is told once on each loop, on whichever thread. */
final class StreamEnd {
    private final AtomicInteger untold;
    private final Runnable toldToAll;

    StreamEnd(int loops, Runnable toldToAll) {
        untold = new AtomicInteger(loops);
        this.toldToAll = toldToAll;
    }

    void told() {
        if (untold.decrementAndGet() == 0) {
            toldToAll.run();
        }
    }
}
