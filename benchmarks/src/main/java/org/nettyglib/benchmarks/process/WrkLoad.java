package org.nettyglib.benchmarks.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** wrk, which loads an HTTP server for a while and ends. */
public final class WrkLoad implements Load {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final List<String> ERRORS = List.of("connect", "read", "write", "timeout", "status");

    private final ServerProcess server;
    private final int connections;
    private final Path report;
    private final Toolbox tools;

    /**
     * Starts nothing yet.
     *
     * @param connections how many each run opens
     * @param report the Lua script that makes wrk print its result in one line
     */
    public WrkLoad(ServerProcess server, int connections, Path report, Toolbox tools) {
        this.server = server;
        this.connections = connections;
        this.report = report;
        this.tools = tools;
    }

    /**
     * The window is wrk's whole run, its connecting included, as wrk cannot say when it starts to count; so nothing settles, and
     * the window is in whole seconds.
     */
    @Override
    public Sample run(double settle, double seconds) throws ServerStalledException {
        int wholeSeconds = (int) Math.ceil(seconds);
        long before = server.cpuNanos();
        String line = runWrk(wholeSeconds);
        double cpuMicros = (server.cpuNanos() - before) / 1e3;
        Map<String, String> fields = Sample.fields(line);
        for (String error : ERRORS) {
            if (Sample.number(fields, error, line) != 0) {
                throw new BenchmarkException("wrk on " + server.title() + " saw errors: " + line);
            }
        }
        Sample sample = Sample.parse(line + " lost=0 cpu_us=" + cpuMicros);
        if (sample.messages() == 0) {
            throw new ServerStalledException("no answer within " + wholeSeconds + " s");
        }
        return sample;
    }

    private String runWrk(int seconds) throws ServerStalledException {
        String url = "http://127.0.0.1:" + server.address() + "/";
        List<String> command = List.of(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--script=" + report,
                url);
        try (Child wrk = new Child("wrk on " + server.title(), tools.onLoadCore(command))) {
            Duration limit = GRACE.plusSeconds(seconds);
            while (true) {
                String line = wrk.poll(limit);
                if (line == null) {
                    wrk.kill();
                    throw new ServerStalledException("wrk did not end");
                }
                if (line.startsWith("result ")) {
                    return line;
                }
            }
        }
    }

    /** A run leaves nothing open. */
    @Override
    public void close() {}

    @Override
    public void kill() {}
}
