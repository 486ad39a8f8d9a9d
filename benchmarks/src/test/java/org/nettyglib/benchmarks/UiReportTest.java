package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.UiProcess.Frames;
import org.nettyglib.benchmarks.report.Json;
import org.nettyglib.benchmarks.report.Machine;

class UiReportTest {

    private static final double SECONDS = 2;
    private static final Machine MACHINE = new Machine("processor", 2, "Linux", "25", "4.2", "2.74", 0);

    private final UiResults results = new UiResults(UiSetting.withYardsticks(List.of()));

    @Test
    void shouldCompareEachRoundWithTheSameRoundWithoutAWindow() {
        flood(UiSetting.WITHOUT_WINDOW, null, 1000);
        flood(UiSetting.WITHOUT_WINDOW, null, 500);
        flood(UiSetting.DEFAULTS, new Frames(120, 17), 700);
        flood(UiSetting.DEFAULTS, new Frames(114, 40), 450);

        assertThat(markdownRow(UiSetting.DEFAULTS))
                .contains("97.5 (95.0 to 100.0)")
                .contains(" 40 |")
                .contains("80.0 (70.0 to 90.0)");
    }

    @Test
    void shouldTellWhichGoalsWereReached() {
        flood(UiSetting.WITHOUT_WINDOW, null, 1000);
        flood(UiSetting.DEFAULTS, new Frames(114, 17), 599);

        assertThat(new UiReport(results).markdown())
                .contains("frames, of 60 a second: 0.950, at least 0.95 wanted: reached")
                .contains("messages, of those without a window: 0.599, at least 0.60 wanted: missed");
    }

    @Test
    void shouldLeaveOutWhatThereIsNot() {
        results.add(UiSetting.WITHOUT_FLOOD, new UiRound(SECONDS, new Frames(120, 17), null));
        flood(UiSetting.WITHOUT_WINDOW, null, 1000);

        assertThat(markdownRow(UiSetting.WITHOUT_FLOOD).replaceAll(" +", " "))
                .contains("| 100.0 (100.0 to 100.0) | 17 | – | – | – | – / – |");
        assertThat(markdownRow(UiSetting.WITHOUT_WINDOW).replaceAll(" +", " ")).contains("| – | – | 500 |");
        assertThat(new UiReport(results).markdown()).doesNotContain("Goals");
    }

    @Test
    void shouldKeepEveryRound() {
        flood(UiSetting.DEFAULTS, new Frames(114, 17), 600);
        results.add(UiSetting.DEFAULTS, new UiRound(SECONDS, new Frames(115, 17), null));

        assertThat(Json.of("ui", MACHINE, results.series()))
                .contains("{\"setting\":\"" + UiSetting.DEFAULTS.title() + "\",\"rounds\":[{\"seconds\":2.0,"
                        + "\"frames\":{\"drawn\":114,\"longestGapMillis\":17.0},\"flood\":{\"messages\":600,")
                .contains("{\"seconds\":2.0,\"frames\":{\"drawn\":115,\"longestGapMillis\":17.0},\"flood\":null}]");
    }

    private String markdownRow(UiSetting setting) {
        return new UiReport(results)
                .markdown()
                .lines()
                .filter(line -> line.startsWith("| " + setting.title() + " "))
                .findFirst()
                .orElseThrow();
    }

    private void flood(UiSetting setting, @Nullable Frames frames, long messages) {
        results.add(setting, new UiRound(SECONDS, frames, new Sample(messages, SECONDS, 1, 2, 3, 1000, 0)));
    }
}
