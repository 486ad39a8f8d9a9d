package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.List;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "unix",
        description =
                "64-byte echo over Unix sockets: CPU time per message, throughput and latency, as echo does over TCP.")
final class UnixCommand extends LoadCommand<EchoPoint> {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "Busy connections (default: 1,32,256).")
    private List<Integer> connections = List.of(1, 32, 256);

    UnixCommand() {
        super(Unit.MESSAGE, Contender.ECHO);
    }

    @Override
    List<EchoPoint> points(boolean quick) {
        return connections.stream().map(busy -> new EchoPoint(busy, 0)).toList();
    }

    @Override
    Service<EchoPoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        return new EchoService(tools, scratch.folder().toString(), OPEN_TIMEOUT);
    }
}
