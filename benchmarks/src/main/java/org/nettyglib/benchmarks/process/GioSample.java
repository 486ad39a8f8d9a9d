package org.nettyglib.benchmarks.process;

import java.util.Map;

/**
 * What one measured window of operations showed.
 *
 * @param operations how many ended
 * @param seconds the length of the window
 * @param cpuMicros CPU time of the whole process, user and system
 * @param loopMicros that of the thread which iterates the main loop
 * @param gioMicros that of the threads which GIO and GLib have started
 */
public record GioSample(long operations, double seconds, double cpuMicros, double loopMicros, double gioMicros) {

    /**
     * Reads a line {@code result operations=… seconds=…}.
     *
     * @throws BenchmarkException if one is missing
     */
    static GioSample parse(String line, double cpuMicros, ThreadTimes threads) {
        Map<String, String> fields = Sample.fields(line);
        return new GioSample(
                (long) Sample.number(fields, "operations", line),
                Sample.number(fields, "seconds", line),
                cpuMicros,
                threads.loopNanos() / 1e3,
                threads.gioNanos() / 1e3);
    }

    /** The CPU time of all threads, divided by the operations. */
    public double cpuPerOperation() {
        return cpuMicros / operations;
    }

    /** That of the loop's thread. */
    public double loopPerOperation() {
        return loopMicros / operations;
    }

    /** That of GIO's threads. */
    public double gioPerOperation() {
        return gioMicros / operations;
    }

    /** That of all others: of a JVM its compilers, its collector, its cleaners. */
    public double restPerOperation() {
        return Math.max(0, cpuMicros - loopMicros - gioMicros) / operations;
    }

    public double operationsPerSecond() {
        return operations / seconds;
    }
}
