package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.jmh.TaskBenchmark;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Machine;
import org.nettyglib.benchmarks.report.MarkdownTable;
import org.nettyglib.benchmarks.server.Transport;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "loop",
        description = {
            "JMH: handing tasks over, timers, an empty iteration; time and allocated bytes per operation.",
            "Fails if an empty iteration of this transport's loop allocates."
        })
final class LoopCommand implements Callable<Integer> {

    private static final String EMPTY_ITERATION = "emptyIteration";
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** The least object is larger; JMH's own few bytes for each iteration, spread over the operations in it, are less. */
    private static final double NO_BYTES = 4;

    /** JMH uses Unsafe, and this silences the warning of it; the second flag keeps Netty from taking that as an invitation. */
    private static final String[] QUIET_JMH = {"--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=true"};

    @Mixin
    private final Output output = new Output();

    @Option(names = "--quick", description = "One fork, short iterations: under 3 minutes, and less exact.")
    private boolean quick;

    @Option(names = "--include", paramLabel = "REGEX", description = "Only the benchmarks whose name matches.")
    private @Nullable String include;

    @Option(names = "--transports", split = ",", paramLabel = "ID", description = "epoll, nio, glib-… (default: all).")
    private List<String> transports =
            Arrays.stream(Transport.values()).map(Transport::id).toList();

    @Override
    public Integer call() {
        Machine machine = Machine.look();
        Collection<RunResult> results = run();
        if (results.isEmpty()) {
            throw new BenchmarkException("no benchmark matches " + include);
        }
        output.write(machine.markdown() + "**ns per operation (bytes allocated per operation)**\n\n" + table(results));
        requireNoAllocation(results);
        return 0;
    }

    private Collection<RunResult> run() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(TaskBenchmark.class.getPackageName() + "\\..*" + (include == null ? "" : include))
                .param("transport", transports.toArray(String[]::new))
                .jvmArgs(Toolbox.JVM_FLAGS.toArray(String[]::new))
                .jvmArgsAppend(QUIET_JMH)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 500 : 1000))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 500 : 1000));
        try {
            return new Runner(options.build(), OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
                    .run();
        } catch (RunnerException e) {
            throw new BenchmarkException("JMH: " + e.getMessage(), e);
        }
    }

    private String table(Collection<RunResult> results) {
        List<String> headings = new ArrayList<>(List.of(""));
        headings.addAll(transports);
        MarkdownTable table = new MarkdownTable(headings);
        Map<String, Map<String, RunResult>> byName = results.stream()
                .collect(Collectors.groupingBy(
                        LoopCommand::name, TreeMap::new, Collectors.toMap(LoopCommand::transport, result -> result)));
        byName.forEach((name, byTransport) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            transports.forEach(transport -> cells.add(cell(byTransport.get(transport))));
            table.row(cells);
        });
        return table.toString();
    }

    private static String cell(@Nullable RunResult result) {
        if (result == null) {
            throw new BenchmarkException("JMH left a benchmark out");
        }
        return String.format(
                Locale.ROOT, "%,.0f (%.1f)", result.getPrimaryResult().getScore(), allocatedBytes(result));
    }

    private static void requireNoAllocation(Collection<RunResult> results) {
        for (RunResult result : results) {
            if (name(result).equals(EMPTY_ITERATION)
                    && transport(result).startsWith("glib")
                    && allocatedBytes(result) > NO_BYTES) {
                throw new BenchmarkException("an empty iteration of " + transport(result) + " allocates "
                        + allocatedBytes(result) + " bytes");
            }
        }
    }

    private static double allocatedBytes(RunResult result) {
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        if (allocation == null) {
            throw new BenchmarkException("JMH's gc profiler gave no " + ALLOCATION);
        }
        return allocation.getScore();
    }

    private static String name(RunResult result) {
        String whole = result.getParams().getBenchmark();
        return whole.substring(whole.lastIndexOf('.') + 1);
    }

    private static String transport(RunResult result) {
        return result.getParams().getParam("transport");
    }
}
