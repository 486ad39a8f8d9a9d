package org.nettyglib.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.BenchmarkException;
import picocli.CommandLine.Option;

/** Where the results go: as Markdown to standard output, and to a file when asked for. */
final class Output {

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the tables to a file too.")
    private @Nullable Path markdown;

    void write(String tables) {
        System.out.print(tables);
        Optional.ofNullable(markdown).ifPresent(file -> write(file, tables));
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BenchmarkException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    static void progress(String line) {
        System.err.println(line);
    }
}
