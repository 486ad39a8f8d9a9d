package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.GioSample;
import org.nettyglib.benchmarks.report.Json;
import org.nettyglib.benchmarks.report.Machine;

class GioReportTest {

    private static final GioPoint QUERY = new GioPoint(GioOperation.QUERY_INFO, 32);
    private static final GioPoint ECHO = new GioPoint(GioOperation.ECHO_64, 1);
    private static final Machine MACHINE = new Machine("processor", 2, "Linux", "25", "4.2", "2.74", 0);

    private final GioResults results = new GioResults();

    @Test
    void shouldDivideTheTimeOfAllThreadsByTheOperations() {
        results.add(QUERY, GioContender.PLAIN, new GioSample(100, 0.5, 30_000, 20_000, 4_000));

        assertThat(row("CPU µs per operation", QUERY)).isEqualTo("| – | – | 300.00 | – | – |");
        assertThat(row("by threads", QUERY))
                .isEqualTo("| – / – / – | – / – / – | 200.00 / 40.00 / 60.00 | – / – / – | – / – / – |");
        assertThat(row("Operations per second", QUERY)).isEqualTo("| – | – | 200 | – | – |");
    }

    @Test
    void shouldCompareEachRoundWithTheSameRoundInC() {
        cpu(QUERY, GioContender.FUTURES, 30, 20);
        cpu(QUERY, GioContender.C, 10, 10);

        assertThat(row("as a multiple of C on GIO", QUERY))
                .isEqualTo("| – | 2.50 (2.00 to 3.00) | – | 1.00 (1.00 to 1.00) | – |");
    }

    @Test
    void shouldTellWhichGoalsWereReached() {
        cpu(QUERY, GioContender.FUTURES, 60);
        cpu(QUERY, GioContender.PLAIN, 100);
        cpu(ECHO, GioContender.OWN, 15);
        cpu(ECHO, GioContender.C, 10);
        cpu(ECHO, GioContender.C_POLLABLE, 9);

        assertThat(new GioReport(results).markdown())
                .contains("query a file's size, 32: CPU per operation, this, GioFutures over java-gi to java-gi, plain"
                        + " callbacks: 0.600, at most 0.60 wanted: reached")
                .contains("echo of 64 bytes, 1: CPU per operation, this, raw bindings to C on GIO: 1.500, at most 1.50"
                        + " wanted: reached")
                .contains("to C on GIO, the streams' sources: 1.667, at most 1.50 wanted: missed");
    }

    @Test
    void shouldHaveNoGoalsOfWhatWasNotCompared() {
        cpu(ECHO, GioContender.C, 10);

        assertThat(new GioReport(results).markdown()).doesNotContain("Goals");
    }

    @Test
    void shouldKeepEveryRound() {
        cpu(ECHO, GioContender.OWN, 15);

        assertThat(Json.of("gio", MACHINE, results.entries()))
                .contains("{\"operation\":\"echo-64\",\"underWay\":1,\"contender\":\"" + GioContender.OWN.title()
                        + "\",\"samples\":[{\"operations\":1,\"seconds\":1.0,\"cpuMicros\":15.0,");
    }

    /** What stands behind the name of the point in the table with that title. */
    private String row(String title, GioPoint point) {
        String markdown = new GioReport(results).markdown();
        return markdown.substring(markdown.indexOf(title))
                .lines()
                .filter(line -> line.startsWith("| " + point + " "))
                .findFirst()
                .orElseThrow()
                .substring(("| " + point).length())
                .strip()
                .replaceAll(" +", " ");
    }

    private void cpu(GioPoint point, GioContender contender, double... micros) {
        for (double cpu : micros) {
            results.add(point, contender, new GioSample(1, 1, cpu, 0, 0));
        }
    }
}
