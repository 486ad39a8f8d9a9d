package org.nettyglib.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.report.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "ui",
        description = {
            "A GTK 4 window with a running animation, and a flood of 100 echo connections",
            "on the same thread: frames drawn, the longest time without one, and how much",
            "of the flood gets through beside the window. On a virtual display."
        })
final class UiCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final SampleFile samples = new SampleFile();

    @Option(names = "--quick", description = "Fewer settings and rounds, shorter windows: under 3 minutes.")
    private boolean quick;

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "PRIORITY:MILLIS",
            converter = Converters.Ui.class,
            description = {
                "Priorities and budgets of the attached loop, beside the defaults, such as 0:4;",
                "0 ms means no budget."
            })
    private @Nullable List<UiSetting> settings;

    @Option(
            names = "--attached",
            paramLabel = "ID",
            converter = Converters.Server.class,
            defaultValue = "glib-epoll-set",
            description = "glib-epoll-set or glib-source-per-fd (default: ${DEFAULT-VALUE}).")
    private Contender attached = Contender.GLIB_EPOLL_SET;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds (default: 7, quick 3).")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a window of time (default: 4, quick 2).")
    private @Nullable Double seconds;

    @Override
    public Integer call() {
        UiRun.Plan plan = plan();
        Machine machine = Machine.look();
        try (UiRun run = new UiRun(plan, setting.toolbox())) {
            UiResults results = run.measure();
            output.write(
                    machine.markdown() + ("Attached: " + attached.title() + "\n\n") + new UiReport(results).markdown());
            samples.write(spec.name(), machine, results.series());
        }
        return 0;
    }

    private UiRun.Plan plan() {
        if (attached != Contender.GLIB_EPOLL_SET && attached != Contender.GLIB_SOURCE_PER_FD) {
            throw new BenchmarkException(attached.id() + " cannot be attached to a main loop");
        }
        List<UiSetting> chosen = settings != null ? settings : quick ? UiSetting.QUICK : UiSetting.ALL;
        return new UiRun.Plan(
                UiSetting.withYardsticks(chosen),
                attached,
                rounds != null ? rounds : quick ? 3 : 7,
                seconds != null ? seconds : quick ? 2 : 4,
                quick ? 0.3 : 0.5,
                quick ? new WarmUp(3, 8) : new WarmUp(10, 60));
    }
}
