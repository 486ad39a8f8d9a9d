package org.nettyglib.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Report;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "handover",
        description = {
            "From bytes that can be read to the code in the user interface's thread:",
            "latency and CPU time per message. This transport is attached to that thread's",
            "GMainLoop; epoll and NIO have a thread of their own, which hands each message",
            "over to it. The servers may use every core."
        })
final class HandoverCommand extends LoadCommand<HandoverPoint> {

    @Option(
            names = "--per-second",
            split = ",",
            paramLabel = "N",
            description = "Messages per second (default: 200,1000,20000).")
    private @Nullable List<Integer> perSecond;

    HandoverCommand() {
        super(Unit.MESSAGE, Contender.HANDOVER);
    }

    @Override
    List<HandoverPoint> points(boolean quick) {
        return perSecond == null
                ? HandoverPoint.ALL
                : perSecond.stream().map(HandoverPoint::new).toList();
    }

    @Override
    double defaultSeconds(boolean quick) {
        return quick ? 1.5 : 4;
    }

    /** Two threads on one core would only take turns. */
    @Override
    Toolbox tools(Toolbox asSet) {
        return asSet.withServersOnAllCores();
    }

    @Override
    Service<HandoverPoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        return new HandoverService(tools);
    }

    @Override
    Report<HandoverPoint> report(Results<HandoverPoint> results) {
        return super.report(results).withLatencyRatios();
    }

    /** Nothing was promised of the hand-over. */
    @Override
    Goals<HandoverPoint> goals(Results<HandoverPoint> results) {
        return new Goals<>(results, Unit.MESSAGE);
    }
}
