package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.report.Results;
import picocli.CommandLine;

class MediaCommandTest {

    private static final MediaPoint POINT = new MediaPoint(MediaPoint.Stream.VIDEO, 500, 16);

    private final MediaCommand command = new MediaCommand();
    private final Results<MediaPoint> results = new Results<>(Contender.MEDIA);

    @Test
    void shouldCompareBytesPerCpuSecondWithTheElementsInC() {
        measured(Contender.GLIB_EPOLL_SET, 15);
        measured(Contender.TCP_SERVER_SINK, 20);
        measured(Contender.MULTI_FD_SINK, 10);

        assertThat(command.report(results).markdown())
                .containsSubsequence(
                        "**CPU µs per frame**",
                        "as a multiple of C, tcpserversink in the same round",
                        "0.75 (0.75 to 0.75)",
                        "**MiB per CPU second**",
                        "1,043",
                        "**Time between two frames of a client in µs: p50 / p99**")
                .doesNotContain("Latency");
        assertThat(command.goals(results).markdown())
                .contains("Netty on GLib, epoll set to C, tcpserversink: 0.750, at most 1.00 wanted: reached")
                .contains("Netty on GLib, epoll set to C, multifdsink: 1.500, at most 1.00 wanted: missed");
    }

    @Test
    void shouldMeasureAllUnlessToldOtherwise() {
        new CommandLine(command).parseArgs();
        assertThat(command.points(false)).isEqualTo(MediaPoint.ALL).containsAll(command.points(true));

        new CommandLine(command).parseArgs("--streams", "ts", "--clients", "1,16");
        assertThat(command.points(false)).extracting(MediaPoint::clients).containsExactly(1, 16);
    }

    @Test
    void shouldPromiseNothingOfLiveStreamsToFew() {
        MediaPoint live = new MediaPoint(MediaPoint.Stream.VIDEO, 60, 1);
        measured(live, Contender.GLIB_EPOLL_SET, 15);
        measured(live, Contender.TCP_SERVER_SINK, 10);

        assertThat(command.report(results).markdown()).contains("live video", "1.50 (1.50 to 1.50)");
        assertThat(command.goals(results).markdown()).isEmpty();
    }

    private void measured(Contender contender, double cpuMicros) {
        measured(POINT, contender, cpuMicros);
    }

    private void measured(MediaPoint point, Contender contender, double cpuMicros) {
        results.series(point, contender).add(new Sample(1, 1, 0, 0, 0, cpuMicros, 0));
    }
}
