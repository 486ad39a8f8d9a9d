package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The word that says whether an appsrc wants data. */
class AppSrcDemandTest {
    private final AppSrcDemand demand = new AppSrcDemand();

    @Test
    void shouldBeOpenUntilThereIsEnough() {
        assertThat(demand.isOpen()).isTrue();
        assertThat(demand.need()).isFalse();
        demand.enough();
        assertThat(demand.isOpen()).isFalse();
        assertThat(demand.isStopped()).isFalse();
        demand.enough();
        assertThat(demand.need()).isTrue();
        assertThat(demand.isOpen()).isTrue();
        assertThat(demand.need()).isFalse();
    }

    @Test
    void shouldStopUntilDataIsNeeded() {
        long moment = demand.now();
        demand.enough();
        assertThat(demand.stoppedSince(moment)).isTrue();
        demand.enough();
        assertThat(demand.isStopped()).isTrue();
        assertThat(demand.need()).isTrue();
        assertThat(demand.isOpen()).isTrue();
    }

    @Test
    void shouldNotStopIfDataWasNeededMeanwhile() {
        long moment = demand.now();
        demand.need();
        assertThat(demand.stoppedSince(moment)).isFalse();
        assertThat(demand.isOpen()).isTrue();
    }

    @Test
    void shouldTellEveryChangeOnce() throws Exception {
        int rounds = 200_000;
        AtomicInteger changes = new AtomicInteger();
        Thread needs = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < rounds; i++) {
                if (demand.need()) {
                    changes.incrementAndGet();
                }
            }
        });
        int enough = 0;
        while (needs.isAlive()) {
            if (demand.isOpen()) {
                demand.enough();
                enough++;
            }
        }
        needs.join();
        // Whoever has made it full is told of the need, except for the last time.
        assertThat(changes.get()).isEqualTo(demand.isOpen() ? enough : enough - 1);
    }
}
