package org.nettyglib.benchmarks;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.report.Json;
import org.nettyglib.benchmarks.report.Machine;
import org.nettyglib.benchmarks.report.Results;
import picocli.CommandLine.Option;

/** Where every sample goes when asked for, for those who want more than medians. */
final class SampleFile {

    @Option(names = "--json", paramLabel = "FILE", description = "Write every sample of every round to a file.")
    private @Nullable Path json;

    <P extends Record> void write(String benchmark, Machine machine, Results<P> results) {
        Optional.ofNullable(json).ifPresent(file -> Output.write(file, Json.of(benchmark, machine, results)));
    }
}
