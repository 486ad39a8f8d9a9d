package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.ServerStalledException;

class WarmUpTest {

    @Test
    void shouldEndWhenNothingIsGainedAnyMore() throws ServerStalledException {
        // 100, 50, 33, 25, 20 µs, then steady.
        assertThat(windowsUntilWarm(new WarmUp(1, 100), window -> 100.0 / Math.min(window, 5)))
                .isEqualTo(8);
    }

    @Test
    void shouldTakeItsLeastTimeEvenIfNothingIsGained() throws ServerStalledException {
        assertThat(windowsUntilWarm(new WarmUp(10, 100), window -> 5)).isEqualTo(10);
    }

    @Test
    void shouldGiveUpAfterItsMostTime() throws ServerStalledException {
        assertThat(windowsUntilWarm(new WarmUp(1, 20), window -> Math.pow(0.9, window)))
                .isEqualTo(20);
    }

    private static int windowsUntilWarm(WarmUp warmUp, IntToDoubleFunction cost) throws ServerStalledException {
        AtomicInteger windows = new AtomicInteger();
        warmUp.run("a server", seconds -> {
            double cpu = cost.applyAsDouble(windows.incrementAndGet());
            return new Sample(1, seconds, 0, 0, 0, cpu, 0);
        });
        return windows.get();
    }
}
