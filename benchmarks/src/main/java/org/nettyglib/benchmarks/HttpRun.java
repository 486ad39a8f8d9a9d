package org.nettyglib.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.process.WrkLoad;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.server.HelloServer;

/** Runs the HTTP hello world: in each round every server has its turn. Nobody may stall here. */
final class HttpRun {

    /**
     * What to run.
     *
     * @param servers who takes part
     * @param points with how many connections
     * @param rounds how often each server is measured at each point
     * @param seconds the length of a measured window
     * @param warmUp for each new server
     */
    record Plan(List<Contender> servers, List<HttpPoint> points, int rounds, int seconds, WarmUp warmUp) {}

    private static final int WARM_UP_CONNECTIONS = 32;

    private final Plan plan;
    private final Toolbox tools;
    private final WrkLoad load;
    private final Results<HttpPoint> results;

    HttpRun(Toolbox tools, Path wrkReport, Plan plan) {
        this.tools = tools;
        this.load = new WrkLoad(tools, wrkReport);
        this.plan = plan;
        this.results = new Results<>(plan.servers());
    }

    Results<HttpPoint> measure() {
        try (Servers servers = new Servers(tools, HelloServer.class)) {
            for (Contender contender : plan.servers()) {
                warmUp(servers.get(contender));
            }
            for (HttpPoint point : plan.points()) {
                for (int round = 0; round < plan.rounds(); round++) {
                    measureRound(point, round, servers);
                }
            }
        }
        return results;
    }

    private void warmUp(ServerProcess server) {
        checkAnswer(server);
        try {
            plan.warmUp().run(server.contender(), seconds -> load.run(server, WARM_UP_CONNECTIONS, seconds));
        } catch (ServerStalledException e) {
            throw failed(server, WARM_UP_CONNECTIONS, e);
        }
    }

    private void measureRound(HttpPoint point, int round, Servers servers) {
        StringBuilder line = new StringBuilder(point + ", round " + (round + 1) + ", CPU µs per request:");
        for (Contender contender : Rounds.order(plan.servers(), round)) {
            Sample sample = run(servers.get(contender), point.connections(), plan.seconds());
            results.series(point, contender).add(sample);
            line.append(" %s %.2f".formatted(contender.id(), sample.cpuMicrosPerMessage()));
        }
        Output.progress(line.toString());
    }

    private Sample run(ServerProcess server, int connections, int seconds) {
        try {
            return load.run(server, connections, seconds);
        } catch (ServerStalledException e) {
            throw failed(server, connections, e);
        }
    }

    private static BenchmarkException failed(ServerProcess server, int connections, ServerStalledException how) {
        return new BenchmarkException(
                server.contender().title() + " stalls with " + connections + " connections: " + how.getMessage(), how);
    }

    /** wrk looks at the status alone. */
    private static void checkAnswer(ServerProcess server) {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
        try (InputStream body = uri.toURL().openStream()) {
            String content = new String(body.readAllBytes(), US_ASCII);
            if (!content.equals(HelloServer.CONTENT)) {
                throw new BenchmarkException(server.contender().title() + " answers '" + content + "'");
            }
        } catch (IOException e) {
            throw new BenchmarkException(server.contender().title() + " does not answer: " + e.getMessage(), e);
        }
    }
}
