package org.nettyglib.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
        write(() -> Json.of(benchmark, machine, results));
    }

    /** The same of results that have another form, see {@link Json#of(String, Machine, List)}. */
    void write(String benchmark, Machine machine, List<?> series) {
        write(() -> Json.of(benchmark, machine, series));
    }

    private void write(Supplier<String> text) {
        Optional.ofNullable(json).ifPresent(file -> Output.write(file, text.get()));
    }
}
