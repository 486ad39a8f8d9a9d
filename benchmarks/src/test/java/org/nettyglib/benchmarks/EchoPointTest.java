package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EchoPointTest {

    @Test
    void shouldReadBusyAndIdleConnections() {
        assertThat(EchoPoint.parse("32x10000")).isEqualTo(new EchoPoint(32, 10_000));
    }

    @Test
    void shouldSayWhatAPointLooksLike() {
        assertThatThrownBy(() -> EchoPoint.parse("32"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BUSYxIDLE");
    }

    @Test
    void shouldCoverEveryCombinationByDefault() {
        assertThat(EchoPoint.ALL).hasSize(9).containsAll(EchoPoint.QUICK).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveOutIdleConnectionsWhereThereAreNone() {
        assertThat(new EchoPoint(1, 0)).hasToString("1 busy");
        assertThat(new EchoPoint(256, 10_000)).hasToString("256 busy + 10,000 idle");
    }
}
