package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SleepTest {
    private final Sleep sleep = new Sleep(new LoopStatistics());

    @Test
    void shouldBeWokenOnceAndOnlyWhenAsleep() {
        assertThat(sleep.startWaking()).as("awake").isFalse();
        sleep.fallAsleep();
        assertThat(sleep.startWaking()).as("asleep").isTrue();
        assertThat(sleep.startWaking()).as("woken already").isFalse();
        sleep.woken();
        sleep.awake();
        assertThat(sleep.startWaking()).as("awake again").isFalse();
    }

    @Test
    void shouldRefuseWakeupsOnceClosed() {
        sleep.fallAsleep();
        sleep.close();
        assertThat(sleep.startWaking()).isFalse();
    }

    @Test
    void shouldWaitForAWakeupUnderWayBeforeItCloses() throws InterruptedException {
        sleep.fallAsleep();
        assertThat(sleep.startWaking()).isTrue();
        Thread closer = Thread.ofPlatform().start(sleep::close);
        Thread.sleep(50);
        assertThat(closer.isAlive()).isTrue();
        sleep.woken();
        closer.join(10_000);
        assertThat(closer.isAlive()).isFalse();
    }
}
