package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

class ProcessClockTest {

    @Test
    void shouldCountTheTimeOfAllThreads() throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        long before = ProcessClock.cpuNanos(pid);
        long[] used = new long[1];
        Thread spinner = new Thread(() -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            while (used[0] < 50_000_000) {
                used[0] = threads.getCurrentThreadCpuTime();
            }
        });
        spinner.start();
        spinner.join();
        assertThat(ProcessClock.cpuNanos(pid) - before).isGreaterThanOrEqualTo(50_000_000);
    }

    @Test
    void shouldSayWhenTheProcessHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThatThrownBy(() -> ProcessClock.cpuNanos(process.pid()))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("has ended");
    }
}
