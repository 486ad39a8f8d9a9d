package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {

    private static final long USED = TimeUnit.MILLISECONDS.toNanos(100);

    /** Made before: that takes a thread as long as what it is to use. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long pid = ProcessHandle.current().pid();

    @Test
    void shouldTellTheLoopFromGiosThreadsByTheirNames() throws InterruptedException {
        ThreadTimes before = ThreadTimes.of(pid);
        CountDownLatch used = new CountDownLatch(3);
        CountDownLatch end = new CountDownLatch(1);
        // In the middle of what is expected: other threads of these names may come and go.
        spin("bench-loop-1-1", 3 * USED / 2, used, end);
        spin("pool-spawner", 3 * USED, used, end);
        spin("another", 6 * USED, used, end);
        used.await();
        ThreadTimes times = ThreadTimes.of(pid).minus(before);
        end.countDown();

        assertThat(times.loopNanos()).isBetween(USED, 2 * USED);
        assertThat(times.gioNanos()).isBetween(2 * USED, 4 * USED);
    }

    @Test
    void shouldSayWhenTheProcessHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThatThrownBy(() -> ThreadTimes.of(process.pid()))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("process " + process.pid());
    }

    /** Uses so much CPU time, then waits: the time of a thread that has ended cannot be seen. */
    private static void spin(String name, long nanos, CountDownLatch used, CountDownLatch end) {
        Thread.ofPlatform().name(name).daemon().start(() -> {
            while (THREADS.getCurrentThreadCpuTime() < nanos) {
                Thread.onSpinWait();
            }
            used.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
