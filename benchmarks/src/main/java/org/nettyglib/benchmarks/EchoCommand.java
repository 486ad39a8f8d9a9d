package org.nettyglib.benchmarks;

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

@Command(
        name = "echo",
        description = "64-byte echo over TCP: CPU time per message, throughput and latency, each server on one core.")
final class EchoCommand implements Callable<Integer> {

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final SampleFile samples = new SampleFile();

    @Option(names = "--quick", description = "Fewer points, shorter windows: under 3 minutes, and less exact.")
    private boolean quick;

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "BUSYxIDLE",
            converter = Converters.Point.class,
            description = "Busy and idle connections, such as 1x0,32x10000 (default: 1, 32, 256 x 0, 1000, 10000).")
    private @Nullable List<EchoPoint> points;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "ID",
            converter = Converters.Server.class,
            description = "epoll, nio, glib-epoll-set, glib-source-per-fd, glib-echo, gio-echo (default: all).")
    private List<Contender> servers = Contender.ECHO;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds at each point (default: 7, quick 3).")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a window (default: 2, quick 0.7).")
    private @Nullable Double seconds;

    @Override
    public Integer call() {
        Machine machine = Machine.look();
        Results<EchoPoint> results = new EchoRun(setting.toolbox(), plan()).measure();
        String tables =
                machine.markdown() + new Report<>(results, "message").markdown() + new EchoGoals(results).markdown();
        output.write(tables);
        samples.write("echo", machine, results);
        return 0;
    }

    private EchoRun.Plan plan() {
        return new EchoRun.Plan(
                servers,
                points != null ? points : quick ? EchoPoint.QUICK : EchoPoint.ALL,
                rounds != null ? rounds : quick ? 3 : 7,
                seconds != null ? seconds : quick ? 0.7 : 2,
                quick ? 0.2 : 0.5,
                quick ? new WarmUp(3, 8) : new WarmUp(10, 60),
                quick ? 10 : 60);
    }
}
