package org.nettyglib.gstreamer;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Tasks that may wait, one after the other, on the threads of {@link StateThreads}. From any thread. */
final class SerialTasks {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SerialTasks.class);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        StateThreads.execute(this::runAll);
    }

    private void runAll() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable t) {
                logger.warn("A task for a GStreamer pipeline failed.", t);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        }
    }
}
