package org.nettyglib.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.UdpPoint;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;

class ReportTest {

    private static final UdpPoint POINT = new UdpPoint(true, 64, 128);

    private final Results<UdpPoint> results = new Results<>(List.of(Contender.EPOLL, Contender.GLIB_UDP_C));

    @Test
    void shouldShowEachQuantityOfEachServer() {
        results.series(POINT, Contender.EPOLL).add(new Sample(1_000, 0.5, 10, 90, 100, 2_000, 0));
        results.series(POINT, Contender.GLIB_UDP_C).add(new Sample(1_000, 0.5, 20, 80, 100, 3_000, 0));

        assertThat(new Report<>(results, Unit.PACKET).markdown())
                .contains("**CPU µs per packet**")
                .contains("|        2.00 |                     3.00 |")
                .contains("1.50 (1.50 to 1.50)")
                .contains("**Packets per CPU second**")
                .contains("|     500,000 |                  333,333 |")
                .contains("**Packets per second**")
                .contains("10 / 90")
                .doesNotContain("lost")
                .doesNotContain("stalls");
    }

    @Test
    void shouldCompareLatenciesWhereTheLoadSetsThePace() {
        results.series(POINT, Contender.EPOLL).add(new Sample(1_000, 0.5, 10, 90, 100, 2_000, 0));
        results.series(POINT, Contender.GLIB_UDP_C).add(new Sample(1_000, 0.5, 20, 45, 100, 3_000, 0));

        assertThat(new Report<>(results, Unit.PACKET).markdown()).doesNotContain("of the latency");
        assertThat(new Report<>(results, Unit.PACKET).withLatencyRatios().markdown())
                .containsSubsequence(
                        "**p50 of the latency as a multiple of Netty epoll",
                        "2.00 (2.00 to 2.00)",
                        "**p99 of the latency as a multiple of Netty epoll",
                        "0.50 (0.50 to 0.50)");
    }

    @Test
    void shouldTellWhatWasLost() {
        results.series(POINT, Contender.EPOLL).add(new Sample(1_000, 0.5, 10, 90, 100, 2_000, 1_234));

        assertThat(new Report<>(results, Unit.PACKET).markdown())
                .contains("- Netty epoll at batched, 64 bytes, 128 under way: 1,234 packets lost");
    }

    @Test
    void shouldTellWhoStalled() {
        results.series(POINT, Contender.GLIB_UDP_C).stalled("no answer within 2 s");

        assertThat(new Report<>(results, Unit.PACKET).markdown())
                .contains(
                        "- C on GLib, g_unix_fd_add stalls at batched, 64 bytes, 128 under way: no answer within 2 s");
    }
}
