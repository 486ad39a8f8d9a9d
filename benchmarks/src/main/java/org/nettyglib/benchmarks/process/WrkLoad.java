package org.nettyglib.benchmarks.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** wrk, which loads an HTTP server for a while and ends. */
public final class WrkLoad {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final List<String> ERRORS = List.of("connect", "read", "write", "timeout", "status");

    private final Toolbox tools;
    private final Path report;

    /**
     * @param report the Lua script that makes wrk print its result in one line
     */
    public WrkLoad(Toolbox tools, Path report) {
        this.tools = tools;
        this.report = report;
    }

    /** The window is wrk's whole run, its connecting included, as wrk cannot say when it starts to count. */
    public Sample run(ServerProcess server, int connections, int seconds) throws ServerStalledException {
        long before = server.cpuNanos();
        String line = runWrk(server, connections, seconds);
        double cpuMicros = (server.cpuNanos() - before) / 1e3;
        Map<String, String> fields = Sample.fields(line);
        for (String error : ERRORS) {
            if (Sample.number(fields, error, line) != 0) {
                throw new BenchmarkException("wrk on " + server.contender().title() + " saw errors: " + line);
            }
        }
        Sample sample = Sample.parse(line + " cpu_us=" + cpuMicros);
        if (sample.messages() == 0) {
            throw new ServerStalledException("no answer within " + seconds + " s");
        }
        return sample;
    }

    private String runWrk(ServerProcess server, int connections, int seconds) throws ServerStalledException {
        String url = "http://127.0.0.1:" + server.port() + "/";
        List<String> command = List.of(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--script=" + report,
                url);
        try (Child wrk = new Child("wrk on " + server.contender().title(), tools.onLoadCore(command))) {
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
}
