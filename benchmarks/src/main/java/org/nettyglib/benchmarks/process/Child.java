package org.nettyglib.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child process that talks in lines. It ends when its standard input does. */
final class Child implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(30);
    private static final String EOF = "\0";

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Child(String name, ProcessBuilder builder) {
        this.name = name;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BenchmarkException("cannot start " + name + ": " + e.getMessage(), e);
        }
        input = process.outputWriter(UTF_8);
        Thread.ofVirtual().name(name).start(() -> readLines(process.inputReader(UTF_8)));
    }

    private void readLines(BufferedReader reader) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The process was killed: its end is reported as such.
        }
        lines.add(EOF);
    }

    long pid() {
        return process.pid();
    }

    void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new BenchmarkException(name + " does not listen any more: " + describeEnd(), e);
        }
    }

    /** The next line, or null when none came in time. */
    @Nullable String poll(Duration timeout) {
        String line;
        try {
            line = lines.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
        if (EOF.equals(line)) {
            lines.add(EOF);
            throw new BenchmarkException(name + " ended early: " + describeEnd());
        }
        return line;
    }

    private String describeEnd() {
        awaitExit();
        return process.isAlive() ? "it closed its output" : "exit status " + process.exitValue();
    }

    /** Ends the process, by force if it must be, and waits until it is gone. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            // Gone already.
        }
        if (!awaitExit()) {
            process.destroyForcibly();
            awaitExit();
        }
    }

    /** Asks the process to end, for one that does not read its standard input. */
    void terminate() {
        process.destroy();
        close();
    }

    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    private boolean awaitExit() {
        try {
            return process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
