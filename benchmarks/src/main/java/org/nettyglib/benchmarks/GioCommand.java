package org.nettyglib.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.report.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "gio",
        description = {
            "CPU time of GIO's asynchronous operations as Netty futures and channels,",
            "beside java-gi's plain callbacks and the same in C."
        })
final class GioCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final SampleFile samples = new SampleFile();

    @Option(names = "--quick", description = "Fewer rounds, shorter windows: under 3 minutes, and less exact.")
    private boolean quick;

    @Option(
            names = "--operations",
            split = ",",
            paramLabel = "ID",
            converter = Converters.Gio.class,
            description = "query-info, nothing, look-up, echo-64, echo-4096, true, cat (default: all).")
    private List<GioOperation> operations = List.of(GioOperation.values());

    @Option(
            names = "--under-way",
            split = ",",
            paramLabel = "N",
            description = "How many operations at a time, at most 1,024 (default: 1,32).")
    private List<Integer> underWay = List.of(1, 32);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds at each point (default: 7, quick 3).")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a window (default: 1, quick 0.4).")
    private @Nullable Double seconds;

    @Override
    public Integer call() {
        GioRun.Plan plan = plan();
        Machine machine = Machine.look();
        try (Scratch scratch = new Scratch()) {
            GioResults results = new GioRun(plan, setting.toolbox(), scratch).measure();
            output.write(machine.markdown() + new GioReport(results).markdown());
            samples.write(spec.name(), machine, results.entries());
        }
        return 0;
    }

    private GioRun.Plan plan() {
        return new GioRun.Plan(
                operations,
                underWay,
                rounds != null ? rounds : quick ? 3 : 7,
                seconds != null ? seconds : quick ? 0.4 : 1,
                quick ? 0.1 : 0.3,
                quick ? new WarmUp(1, 5) : new WarmUp(5, 60));
    }
}
