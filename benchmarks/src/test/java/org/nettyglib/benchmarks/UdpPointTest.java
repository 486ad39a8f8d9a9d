package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpPointTest {

    @Test
    void shouldMeasureBothWaysAlike() {
        assertThat(UdpPoint.ALL)
                .containsAll(UdpPoint.QUICK)
                .doesNotHaveDuplicates()
                .allSatisfy(point -> assertThat(UdpPoint.ALL)
                        .contains(new UdpPoint(!point.batched(), point.bytes(), point.underWay())));
    }

    @Test
    void shouldReadWhatIsAskedFor() {
        assertThat(UdpPoint.parse("batched:64x128")).isEqualTo(new UdpPoint(true, 64, 128));
        assertThat(UdpPoint.parse("one-by-one:1200x1")).isEqualTo(new UdpPoint(false, 1_200, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64x128", "batched:64", "some:64x128", "batched:64x-1", "batched:64x999999"})
    void shouldSayWhatAPointLooksLike(String text) {
        assertThatThrownBy(() -> UdpPoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batched:BYTESxN");
    }

    @Test
    void shouldSayHowPacketsAreRead() {
        assertThat(new UdpPoint(false, 1_200, 16)).hasToString("one by one, 1,200 bytes, 16 under way");
        assertThat(new UdpPoint(true, 64, 128)).hasToString("batched, 64 bytes, 128 under way");
    }
}
