package org.nettyglib.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nettyglib.benchmarks.gio.GioPeer;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.GioProcess;
import org.nettyglib.benchmarks.process.GioSample;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;

/** Does GIO's operations: those of one kind after those of another, all contenders side by side in rounds. */
final class GioRun {

    /**
     * How to run.
     *
     * @param operations what is done
     * @param underWay how many at a time
     * @param rounds how often each contender is measured at each point
     * @param seconds the length of a measured window
     * @param settle seconds of operations before each window
     * @param warmUp of each JVM at each point
     */
    record Plan(
            List<GioOperation> operations,
            List<Integer> underWay,
            int rounds,
            double seconds,
            double settle,
            WarmUp warmUp) {}

    private static final int FILE_SIZE = 4_000;

    /** Settling comes before each window and needs no full one. */
    private static final int SETTLING_SHARE = 4;

    private final Plan plan;
    private final Toolbox tools;
    private final Path file;
    private final GioResults results = new GioResults();

    GioRun(Plan plan, Toolbox tools, Scratch scratch) {
        this.plan = plan;
        this.tools = tools;
        this.file = scratch.folder().resolve("file");
        try {
            Files.write(file, new byte[FILE_SIZE]);
        } catch (IOException e) {
            throw new BenchmarkException("cannot write " + file, e);
        }
    }

    GioResults measure() {
        plan.operations().forEach(this::measure);
        return results;
    }

    private void measure(GioOperation operation) {
        Map<GioContender, GioProcess> processes = new EnumMap<>(GioContender.class);
        try {
            for (GioContender contender : operation.contenders()) {
                processes.put(contender, start(operation, contender));
            }
            for (int underWay : plan.underWay()) {
                measure(new GioPoint(operation, underWay), processes);
            }
        } finally {
            processes.values().forEach(GioProcess::close);
        }
    }

    private GioProcess start(GioOperation operation, GioContender contender) {
        String title = operation.title() + ", " + contender.title();
        List<String> arguments = new ArrayList<>(operation.arguments(file, FILE_SIZE));
        contender.argument().ifPresent(arguments::add);
        if (!contender.isJava()) {
            return GioProcess.peer(title, operation.program(), arguments, tools);
        }
        arguments.addFirst(operation.program());
        return GioProcess.java(title, GioPeer.class, arguments, tools);
    }

    /** Anew at each point: another number under way takes other ways through the code, and has other connections open. */
    private void warmUp(GioPoint point, GioContender contender, GioProcess process) {
        if (contender.isJava()) {
            plan.warmUp()
                    .run(
                            point + ", " + contender.title(),
                            seconds -> process.run(seconds, contender.mostInWindow(), point.underWay())
                                    .cpuPerOperation());
        }
    }

    private void measure(GioPoint point, Map<GioContender, GioProcess> processes) {
        processes.forEach((contender, process) -> warmUp(point, contender, process));
        for (int round = 0; round < plan.rounds(); round++) {
            StringBuilder line = new StringBuilder(point + ", round " + (round + 1) + ", CPU µs:");
            for (GioContender contender : Rounds.order(List.copyOf(processes.keySet()), round)) {
                GioProcess process =
                        Optional.ofNullable(processes.get(contender)).orElseThrow();
                process.run(plan.settle(), contender.mostInWindow() / SETTLING_SHARE, point.underWay());
                GioSample sample = process.run(plan.seconds(), contender.mostInWindow(), point.underWay());
                results.add(point, contender, sample);
                line.append(" %s %.2f".formatted(contender, sample.cpuPerOperation()));
            }
            Output.progress(line.toString());
        }
    }
}
