package org.nettyglib.gstreamer;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for calls that may wait as long as they like: a change of state waits for devices, servers and streaming threads, and these
 * may wait for an event loop. There are as many as there are such calls at a moment: one that waited for another's end could be what
 * that one waits for.
 */
final class StateThreads {
    private static final long IDLE_SECONDS = 5;

    private static final ThreadPoolExecutor POOL = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("gst-state", true));

    private StateThreads() {}

    static void execute(Runnable task) {
        POOL.execute(task);
    }
}
