package org.nettyglib.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CPU time of some threads of a process, to the nanosecond. A thread that has ended is not in it, whatever it has done.
 *
 * @param loopNanos of the thread that iterates the main loop
 * @param gioNanos of the threads which GIO and GLib have started
 */
record ThreadTimes(long loopNanos, long gioNanos) {

    /** How the name of the loop's thread starts, in every program that is measured. */
    private static final String LOOP = "bench-loop";

    /** GLib's thread pools (GTask has one), its thread for child processes and unlucky cancellables, and that of D-Bus. */
    private static final List<String> GIO = List.of("pool", "gmain", "gdbus");

    /** Looks at the threads that there are. */
    static ThreadTimes of(long pid) {
        long loop = 0;
        long gio = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                Map.Entry<String, Long> thread = read(task);
                if (thread.getKey().startsWith(LOOP)) {
                    loop += thread.getValue();
                } else if (GIO.stream().anyMatch(thread.getKey()::startsWith)) {
                    gio += thread.getValue();
                }
            }
        } catch (IOException e) {
            throw new BenchmarkException("cannot look at the threads of process " + pid, e);
        }
        return new ThreadTimes(loop, gio);
    }

    /** Its name, and the first figure of {@code schedstat}: the time on a processor, in nanoseconds, see the kernel's sched-stats.rst. */
    private static Map.Entry<String, Long> read(Path task) {
        try {
            String nanos = Stream.of(Files.readString(task.resolve("schedstat")).split(" ", 2))
                    .findFirst()
                    .orElseThrow();
            return Map.entry(Files.readString(task.resolve("comm")), Long.parseLong(nanos));
        } catch (IOException e) {
            // It has ended since the folder was listed, perhaps after the file was opened.
            return Map.entry("", 0L);
        }
    }

    ThreadTimes minus(ThreadTimes earlier) {
        return new ThreadTimes(loopNanos - earlier.loopNanos, gioNanos - earlier.gioNanos);
    }
}
