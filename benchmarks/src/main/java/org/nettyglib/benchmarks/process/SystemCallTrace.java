package org.nettyglib.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** strace, attached to one thread of a server. It costs nothing while the thread makes no system call. */
public final class SystemCallTrace implements AutoCloseable {

    private static final Duration ATTACH = Duration.ofSeconds(10);

    /** Attaching interrupts the call that the thread waits in, and the thread begins it anew: that is not its own doing. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final Child strace;
    private final Path file;

    private SystemCallTrace(Child strace, Path file) {
        this.strace = strace;
        this.file = file;
    }

    /** Attaches to a thread and waits until the attaching itself shows no more. */
    public static SystemCallTrace attach(long threadId, Toolbox tools) {
        Path file = temporaryFile();
        List<String> command =
                List.of("strace", "-ttt", "-s", "0", "-o", file.toString(), "-p", Long.toString(threadId));
        Child strace = new Child("strace", tools.onLoadCore(command).redirectErrorStream(true));
        String line = strace.poll(ATTACH);
        if (line == null || !line.contains("attached")) {
            strace.terminate();
            throw new BenchmarkException("strace cannot attach to the loop's thread: " + line);
        }
        ServerProcess.pause(SETTLE);
        return new SystemCallTrace(strace, file);
    }

    /** The calls that began at this instant or later, and before the other one. Call {@link #detach} first: strace writes late. */
    public List<String> callsBetween(double fromEpochSeconds, double toEpochSeconds) {
        return lines().stream()
                .filter(line -> !line.contains("<... ") && !line.contains("+++ ") && !line.contains("--- "))
                .filter(line -> time(line) >= fromEpochSeconds && time(line) < toEpochSeconds)
                .toList();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new BenchmarkException("cannot read what strace wrote", e);
        }
    }

    private static double time(String line) {
        return Double.parseDouble(line.substring(0, line.indexOf(' ')));
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("bench", ".strace");
        } catch (IOException e) {
            throw new BenchmarkException("cannot create a temporary file", e);
        }
    }

    /** Detaches; what was written so far can still be read. */
    public void detach() {
        strace.terminate();
    }

    @Override
    public void close() {
        strace.terminate();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file in the folder for temporary ones: not worth failing for.
        }
    }
}
