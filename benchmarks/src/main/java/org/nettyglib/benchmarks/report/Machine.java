package org.nettyglib.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.util.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.nettyglib.benchmarks.process.BenchmarkException;

/**
 * What the figures were measured on.
 *
 * @param busy the share of all cores that others used when it was looked at, from 0 to 1
 */
public record Machine(String processor, int cores, String kernel, String java, String netty, String glib, double busy) {

    private static final double QUIET = 0.05;
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Looks for a second, so that it sees who else is at work. */
    public static Machine look() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                "Linux " + System.getProperty("os.version"),
                System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
                Version.identify().values().stream()
                        .map(Version::artifactVersion)
                        .sorted()
                        .findFirst()
                        .orElse("unknown"),
                glibVersion(),
                busyShare());
    }

    public boolean isQuiet() {
        return busy <= QUIET;
    }

    /** What stands above the tables. */
    public String markdown() {
        return "Machine: " + this + "\n\n"
                + (isQuiet() ? "" : "**The machine was not quiet: these figures are no good.**\n\n");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s, JDK %s, Netty %s, GLib %s; busy before: %.0f %%",
                processor,
                cores,
                kernel,
                java.strip(),
                netty,
                glib,
                busy * 100);
    }

    /** The version that the peers were compiled with, which is the one that everything here runs with. */
    private static String glibVersion() {
        try (BufferedReader answer = new ProcessBuilder("pkg-config", "--modversion", "glib-2.0")
                .start()
                .inputReader(UTF_8)) {
            String version = answer.readLine();
            return version == null ? "unknown" : version;
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String processorName() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static double busyShare() {
        long[] before = cpuTimes();
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
        long[] after = cpuTimes();
        long total = 0;
        for (int i = 0; i < after.length; i++) {
            total += after[i] - before[i];
        }
        long waiting = after[IDLE] - before[IDLE] + after[IOWAIT] - before[IOWAIT];
        return total == 0 ? 0 : 1 - (double) waiting / total;
    }

    /** user, nice, system, idle, iowait, irq, softirq and steal of all cores since the start, see proc(5). */
    private static long[] cpuTimes() {
        return Arrays.stream(
                        read("/proc/stat").lines().findFirst().orElseThrow().split(" +", -1))
                .skip(1)
                .limit(8)
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new BenchmarkException("cannot read " + file, e);
        }
    }
}
