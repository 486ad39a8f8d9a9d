package org.nettyglib.benchmarks.process;

import java.util.HashMap;
import java.util.Map;

/**
 * What one measured window showed.
 *
 * @param messages what was moved: echoes, HTTP requests, datagrams, or MiB of a file
 * @param seconds the length of the window
 * @param p50Micros latency that half of the round trips did not exceed; a whole file is one round trip
 * @param p99Micros latency that 99 % of the round trips did not exceed
 * @param maxMicros the longest round trip
 * @param cpuMicros CPU time of the server in the window, user and system
 * @param lost datagrams that were not answered; none of them is in {@code messages}
 */
public record Sample(
        long messages,
        double seconds,
        double p50Micros,
        double p99Micros,
        double maxMicros,
        double cpuMicros,
        long lost) {

    public double cpuMicrosPerMessage() {
        return cpuMicros / messages;
    }

    public double messagesPerCpuSecond() {
        return messages / (cpuMicros / 1e6);
    }

    public double messagesPerSecond() {
        return messages / seconds;
    }

    /**
     * Reads a line {@code result messages=… seconds=… p50_us=… p99_us=… max_us=… cpu_us=… lost=…}, in any order.
     *
     * @throws BenchmarkException if one is missing
     */
    static Sample parse(String line) {
        Map<String, String> fields = fields(line);
        return new Sample(
                (long) number(fields, "messages", line),
                number(fields, "seconds", line),
                number(fields, "p50_us", line),
                number(fields, "p99_us", line),
                number(fields, "max_us", line),
                number(fields, "cpu_us", line),
                (long) number(fields, "lost", line));
    }

    static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                fields.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return fields;
    }

    static double number(Map<String, String> fields, String name, String line) {
        String value = fields.get(name);
        if (value == null) {
            throw new BenchmarkException("no " + name + " in: " + line);
        }
        return Double.parseDouble(value);
    }
}
