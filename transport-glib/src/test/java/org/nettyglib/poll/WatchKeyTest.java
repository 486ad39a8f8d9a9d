package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchKeyTest {
    @Test
    void shouldKeepIndexAndTellGenerationsApart() {
        for (int index : new int[] {0, 1, 63, 64, 1 << 20, Integer.MAX_VALUE}) {
            for (int generation : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                long key = WatchKey.of(index, generation);
                assertThat(WatchKey.index(key)).isEqualTo(index);
                assertThat(WatchKey.of(index, generation + 1)).isNotEqualTo(key);
            }
        }
    }
}
