package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GLibIoOpsTest {
    @Test
    void shouldHaveEachSetOnce() {
        assertThat(GLibIoOps.valueOf(1)).isSameAs(GLibIoOps.IN);
        assertThat(GLibIoOps.IN.with(GLibIoOps.OUT)).isSameAs(GLibIoOps.valueOf(1 | 4));
        assertThat(GLibIoOps.IN.with(GLibIoOps.RDHUP).without(GLibIoOps.IN)).isSameAs(GLibIoOps.RDHUP);
        assertThat(GLibIoOps.IN.without(GLibIoOps.IN)).isSameAs(GLibIoOps.NONE);
    }

    @Test
    void shouldHaveTheBitsOfPoll() {
        assertThat(GLibIoOps.IN.value()).isEqualTo(1);
        assertThat(GLibIoOps.OUT.value()).isEqualTo(4);
        assertThat(GLibIoOps.ERR.value()).isEqualTo(8);
        assertThat(GLibIoOps.HUP.value()).isEqualTo(16);
        assertThat(GLibIoOps.RDHUP.value()).isEqualTo(0x2000);
    }

    @Test
    void shouldCompare() {
        GLibIoOps both = GLibIoOps.IN.with(GLibIoOps.OUT);
        assertThat(both.contains(GLibIoOps.IN)).isTrue();
        assertThat(GLibIoOps.IN.contains(both)).isFalse();
        assertThat(GLibIoOps.IN.intersects(both)).isTrue();
        assertThat(GLibIoOps.ERR.intersects(both)).isFalse();
        assertThat(both).hasToString("GLibIoOps[IN OUT]");
        assertThat(GLibIoOps.NONE).hasToString("GLibIoOps[]");
    }

    @Test
    void shouldDropBitsThatMeanNothing() {
        assertThat(GLibIoOps.valueOf(0x4000 | 1)).isSameAs(GLibIoOps.IN);
    }
}
