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

    private static final long USED = TimeUnit.MILLISECONDS.toNanos(50);

    private final long pid = ProcessHandle.current().pid();

    @Test
    void shouldTellTheLoopFromGiosThreadsByTheirNames() throws InterruptedException {
        ThreadTimes before = ThreadTimes.of(pid);
        CountDownLatch used = new CountDownLatch(3);
        CountDownLatch end = new CountDownLatch(1);
        spin("bench-loop-1-1", USED, used, end);
        spin("pool-spawner", 2 * USED, used, end);
        spin("another", 4 * USED, used, end);
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
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            while (threads.getCurrentThreadCpuTime() < nanos) {
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
