package org.nettyglib.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
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
     * @param warmUpSeconds for each JVM at each point, at most
     */
    record Plan(
            List<GioOperation> operations,
            List<Integer> underWay,
            int rounds,
            double seconds,
            double settle,
            double warmUpSeconds) {}

    private static final int FILE_SIZE = 4_000;

    private static final double WARM_UP_WINDOW_SECONDS = 1;

    /** What the JVM's own threads may take of the time, of which the compilers are the greatest part. */
    private static final double WARM_SHARE = 0.05;

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

    /**
     * Until the compilers have hardly anything to do. Anew at each point: another number under way takes other ways through the
     * code, and has other connections open.
     */
    private void warmUp(GioPoint point, GioContender contender, GioProcess process) {
        if (!contender.isJava()) {
            return;
        }
        long operations = 0;
        double seconds = 0;
        boolean warm = false;
        while (!warm && seconds < plan.warmUpSeconds()) {
            long most = Math.max(point.underWay(), point.operation().warmUp() - operations);
            GioSample sample = process.run(WARM_UP_WINDOW_SECONDS, most, point.underWay());
            operations += sample.operations();
            seconds += sample.seconds();
            warm = operations >= point.operation().warmUp() || sample.restShare() < WARM_SHARE;
        }
        Output.progress(String.format(
                Locale.ROOT,
                "%s, %s: %,d operations in %.1f s to get warm%s",
                point,
                contender.title(),
                operations,
                seconds,
                warm ? "" : ", as far as there was time"));
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
