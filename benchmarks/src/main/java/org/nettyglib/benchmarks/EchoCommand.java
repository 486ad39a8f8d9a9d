package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Unit;
import org.nettyglib.benchmarks.server.BenchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "echo",
        description = "64-byte echo over TCP: CPU time per message, throughput and latency, each server on one core.")
final class EchoCommand extends LoadCommand<EchoPoint> {

    private static final int MANY_IDLE = 10_000;

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "BUSYxIDLE",
            converter = Converters.Point.class,
            description = "Busy and idle connections, such as 1x0,32x10000 (default: 1, 32, 256 x 0, 1000, 10000).")
    private @Nullable List<EchoPoint> points;

    EchoCommand() {
        super(Unit.MESSAGE, Contender.ECHO);
    }

    @Override
    List<EchoPoint> points(boolean quick) {
        return points != null ? points : quick ? EchoPoint.QUICK : EchoPoint.ALL;
    }

    @Override
    Service<EchoPoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        return new EchoService(tools, BenchServer.TCP, Duration.ofSeconds(quick ? 10 : 60));
    }

    @Override
    Goals<EchoPoint> goals(Results<EchoPoint> results) {
        Goals<EchoPoint> goals = super.goals(results);
        for (EchoPoint point : results.points()) {
            if (point.idle() == MANY_IDLE) {
                goals.upToItself(point, point.withoutIdle(), "with none idle");
            }
        }
        return goals;
    }
}
