package org.nettyglib.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Machine;
import org.nettyglib.benchmarks.report.Report;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A benchmark of servers under load. Those that extend it say what is served and how it is loaded.
 *
 * @param <P> a point: what a server has to bear
 */
abstract class LoadCommand<P extends Record> implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final SampleFile samples = new SampleFile();

    @Option(names = "--quick", description = "Less to measure, shorter windows: under 3 minutes, and less exact.")
    private boolean quick;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "ID",
            converter = Converters.Server.class,
            description = {
                "Those that take part (default: all that can):",
                "epoll, nio, glib-epoll-set, glib-source-per-fd, or a server of benchmarks/peers."
            })
    private @Nullable List<Contender> servers;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds at each point (default: 7, quick 3).")
    private @Nullable Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of a window (default: 2, quick 0.7; with http 5 and 2, with handover 4 and 1.5).")
    private @Nullable Double seconds;

    private final Unit unit;
    private final List<Contender> contenders;

    /**
     * @param unit what is counted
     * @param contenders who can take part
     */
    LoadCommand(Unit unit, List<Contender> contenders) {
        this.unit = unit;
        this.contenders = contenders;
    }

    /** What is measured: what the user asked for, or else all of it or the quick part. */
    abstract List<P> points(boolean quick);

    /** Where things are and run; this is one core for the servers and one for the load, as the user said. */
    Toolbox tools(Toolbox asSet) {
        return asSet;
    }

    abstract Service<P> service(Toolbox tools, Scratch scratch, boolean quick);

    double defaultSeconds(boolean quick) {
        return quick ? 0.7 : 2;
    }

    WarmUp warmUp(boolean quick) {
        return quick ? new WarmUp(3, 8) : new WarmUp(10, 60);
    }

    Report<P> report(Results<P> results) {
        return new Report<>(results, unit);
    }

    Goals<P> goals(Results<P> results) {
        return new Goals<>(results, unit).upToNettyEpoll();
    }

    @Override
    public final Integer call() {
        LoadRun.Plan plan = plan();
        Machine machine = Machine.look();
        Results<P> results = measure(plan);
        output.write(
                machine.markdown() + report(results).markdown() + goals(results).markdown());
        samples.write(spec.name(), machine, results);
        return 0;
    }

    private Results<P> measure(LoadRun.Plan plan) {
        Toolbox tools = tools(setting.toolbox());
        try (Scratch scratch = new Scratch()) {
            return new LoadRun<>(tools, service(tools, scratch, quick), plan, unit).measure(points(quick));
        }
    }

    private LoadRun.Plan plan() {
        return new LoadRun.Plan(
                servers(),
                rounds != null ? rounds : quick ? 3 : 7,
                seconds != null ? seconds : defaultSeconds(quick),
                quick ? 0.2 : 0.5,
                warmUp(quick));
    }

    private List<Contender> servers() {
        List<Contender> chosen = servers != null ? servers : contenders;
        for (Contender contender : chosen) {
            if (!contenders.contains(contender)) {
                throw new BenchmarkException(contender.id() + " cannot serve this");
            }
        }
        return chosen;
    }
}
