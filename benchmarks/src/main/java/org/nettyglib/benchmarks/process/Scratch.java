package org.nettyglib.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what a benchmark leaves behind, such as the sockets of servers that were killed. It goes with the benchmark, also with
 * one that is interrupted: there may be a large file in it.
 */
public final class Scratch implements AutoCloseable {

    private final Path folder;

    public Scratch() {
        try {
            folder = Files.createTempDirectory("bench");
        } catch (IOException e) {
            throw new BenchmarkException("cannot make a temporary folder: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "scratch"));
    }

    public Path folder() {
        return folder;
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new BenchmarkException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
