package org.nettyglib.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.report.Machine;
import org.nettyglib.benchmarks.report.Report;
import org.nettyglib.benchmarks.report.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "http", description = "HTTP hello world, loaded by wrk: CPU time per request, throughput and latency.")
final class HttpCommand implements Callable<Integer> {

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final SampleFile samples = new SampleFile();

    @Option(names = "--quick", description = "Fewer rounds, shorter windows: under 3 minutes, and less exact.")
    private boolean quick;

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "Connections that wrk keeps open (default: 32,256).")
    private List<Integer> connections = List.of(32, 256);

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "ID",
            converter = Converters.Server.class,
            description = "epoll, nio, glib-epoll-set, glib-source-per-fd, soup-hello (default: all).")
    private List<Contender> servers = Contender.HTTP;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds at each point (default: 7, quick 3).")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a window (default: 5, quick 2).")
    private @Nullable Integer seconds;

    @Option(
            names = "--wrk-report",
            paramLabel = "FILE",
            defaultValue = "benchmarks/peers/wrk-report.lua",
            description = "Script for wrk (default: ${DEFAULT-VALUE}).")
    private Path wrkReport = Path.of("");

    @Override
    public Integer call() {
        Machine machine = Machine.look();
        Results<HttpPoint> results = new HttpRun(setting.toolbox(), wrkReport, plan()).measure();
        String tables = machine.markdown() + new Report<>(results, "request").markdown();
        output.write(tables);
        samples.write("http", machine, results);
        return 0;
    }

    private HttpRun.Plan plan() {
        return new HttpRun.Plan(
                servers,
                connections.stream().map(HttpPoint::new).toList(),
                rounds != null ? rounds : quick ? 3 : 7,
                seconds != null ? seconds : quick ? 2 : 5,
                quick ? new WarmUp(4, 12) : new WarmUp(15, 60));
    }
}
