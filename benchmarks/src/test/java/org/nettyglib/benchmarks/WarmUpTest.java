package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void shouldEndWhenNothingIsGainedAnyMore() {
        // 100, 50, 33, 25, 20 µs, then steady.
        assertThat(windowsUntilWarm(new WarmUp(1, 100), window -> 100.0 / Math.min(window, 5)))
                .isEqualTo(8);
    }

    @Test
    void shouldTakeItsLeastTimeEvenIfNothingIsGained() {
        assertThat(windowsUntilWarm(new WarmUp(10, 100), window -> 5)).isEqualTo(10);
    }

    @Test
    void shouldGiveUpAfterItsMostTime() {
        assertThat(windowsUntilWarm(new WarmUp(1, 20), window -> Math.pow(0.9, window)))
                .isEqualTo(20);
    }

    private static int windowsUntilWarm(WarmUp warmUp, IntToDoubleFunction cost) {
        AtomicInteger windows = new AtomicInteger();
        warmUp.run("a server", seconds -> cost.applyAsDouble(windows.incrementAndGet()));
        return windows.get();
    }
}
