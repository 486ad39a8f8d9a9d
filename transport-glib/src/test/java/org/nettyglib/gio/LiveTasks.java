package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.TaskData;

/** The tasks of this process that were not finalised. */
final class LiveTasks {
    private static final int MILLIS_BETWEEN_COLLECTIONS = 50;

    private LiveTasks() {}

    /** A result that nobody has finished is alive until it is collected. */
    static void awaitNone() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.SECONDS);
        while (TaskData.alive() > 0 && System.nanoTime() - deadline < 0) {
            System.gc();
            Thread.sleep(MILLIS_BETWEEN_COLLECTIONS);
        }
        assertThat(TaskData.alive()).as("tasks that are alive").isZero();
    }
}
