package org.nettyglib.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "http", description = "HTTP hello world, loaded by wrk: CPU time per request, throughput and latency.")
final class HttpCommand extends LoadCommand<HttpPoint> {

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "Connections that wrk keeps open (default: 32,256).")
    private List<Integer> connections = List.of(32, 256);

    @Option(
            names = "--wrk-report",
            paramLabel = "FILE",
            defaultValue = "benchmarks/peers/wrk-report.lua",
            description = "Script for wrk (default: ${DEFAULT-VALUE}).")
    private Path wrkReport = Path.of("");

    HttpCommand() {
        super(Unit.REQUEST, Contender.HTTP);
    }

    @Override
    List<HttpPoint> points(boolean quick) {
        return connections.stream().map(HttpPoint::new).toList();
    }

    @Override
    Service<HttpPoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        return new HttpService(tools, wrkReport);
    }

    /** Longer than elsewhere, as wrk's connecting is in it. */
    @Override
    double defaultSeconds(boolean quick) {
        return quick ? 2 : 5;
    }

    @Override
    WarmUp warmUp(boolean quick) {
        return quick ? new WarmUp(4, 12) : new WarmUp(15, 60);
    }
}
