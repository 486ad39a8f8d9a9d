package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class UiSettingTest {

    @Test
    void shouldReadPriorityAndBudget() {
        assertThat(UiSetting.parse("150:4")).isEqualTo(UiSetting.attached(150, 4));
        assertThat(UiSetting.parse("-10:0").title()).isEqualTo("window, priority -10, no budget");
    }

    @Test
    void shouldSayWhatASettingLooksLike() {
        assertThatThrownBy(() -> UiSetting.parse("4 ms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PRIORITY:MILLIS");
    }

    @Test
    void shouldMeasureWhatTheOthersAreComparedWith() {
        assertThat(UiSetting.withYardsticks(List.of(UiSetting.attached(0, 4))))
                .containsExactly(
                        UiSetting.WITHOUT_WINDOW,
                        UiSetting.WITHOUT_FLOOD,
                        UiSetting.attached(0, 4),
                        UiSetting.DEFAULTS,
                        UiSetting.OWN_THREAD);
    }

    @Test
    void shouldKnowWhoHasAWindow() {
        assertThat(UiSetting.withYardsticks(UiSetting.ALL).stream().filter(setting -> !setting.hasWindow()))
                .containsExactly(UiSetting.WITHOUT_WINDOW);
    }
}
