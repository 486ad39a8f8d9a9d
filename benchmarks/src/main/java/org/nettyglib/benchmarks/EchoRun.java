package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.EchoLoad;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.server.EchoServer;

/**
 * Runs the echo: at each point every server gets its connections, then the rounds follow, and in each round every server has its
 * turn. So a change of the machine's speed meets all of them alike.
 */
final class EchoRun {

    /**
     * What to run.
     *
     * @param servers who takes part
     * @param points with how many connections
     * @param rounds how often each server is measured at each point
     * @param seconds the length of a measured window
     * @param settle seconds of load before each window
     * @param warmUp for each new JVM
     * @param openSeconds how long opening the connections may take
     */
    record Plan(
            List<Contender> servers,
            List<EchoPoint> points,
            int rounds,
            double seconds,
            double settle,
            WarmUp warmUp,
            int openSeconds) {}

    private static final EchoPoint WARM_UP = new EchoPoint(32, 0);

    private final Toolbox tools;
    private final Plan plan;
    private final Results<EchoPoint> results;

    EchoRun(Toolbox tools, Plan plan) {
        this.tools = tools;
        this.plan = plan;
        this.results = new Results<>(plan.servers());
    }

    Results<EchoPoint> measure() {
        try (Servers servers = new Servers(tools, EchoServer.class)) {
            Map<Contender, Integer> descriptors = warmUp(servers);
            for (EchoPoint point : plan.points()) {
                measure(point, servers);
                for (Contender contender : plan.servers()) {
                    if (contender.isNetty()) {
                        servers.get(contender).awaitDescriptors(descriptors.getOrDefault(contender, 0));
                    } else {
                        servers.kill(contender);
                    }
                }
            }
        }
        return results;
    }

    /** Returns how many descriptors each warm server has open without connections. */
    private Map<Contender, Integer> warmUp(Servers servers) {
        Map<Contender, Integer> descriptors = new EnumMap<>(Contender.class);
        for (Contender contender : plan.servers()) {
            if (contender.isNetty()) {
                ServerProcess server = servers.get(contender);
                int before = server.descriptors();
                try (EchoLoad load = open(server, WARM_UP)) {
                    plan.warmUp().run(contender, windowSeconds -> load.run(0, windowSeconds));
                } catch (ServerStalledException e) {
                    throw failed(contender, WARM_UP, e);
                }
                server.awaitDescriptors(before + WARM_UP.busy() / 2);
                descriptors.put(contender, server.descriptors());
            }
        }
        return descriptors;
    }

    private void measure(EchoPoint point, Servers servers) {
        Map<Contender, EchoLoad> loads = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : plan.servers()) {
                Output.progress(point + ": opening the connections to " + contender.title());
                try {
                    loads.put(contender, open(servers.get(contender), point));
                } catch (ServerStalledException e) {
                    stalled(contender, point, e, servers);
                }
            }
            for (int round = 0; round < plan.rounds(); round++) {
                measureRound(point, round, loads, servers);
            }
        } finally {
            loads.values().forEach(EchoLoad::close);
        }
    }

    private void measureRound(EchoPoint point, int round, Map<Contender, EchoLoad> loads, Servers servers) {
        StringBuilder line = new StringBuilder(point + ", round " + (round + 1) + ", CPU µs per message:");
        for (Contender contender : Rounds.order(plan.servers(), round)) {
            EchoLoad load = loads.get(contender);
            if (load == null) {
                continue;
            }
            try {
                Sample sample = load.run(plan.settle(), plan.seconds());
                results.series(point, contender).add(sample);
                line.append(" %s %.2f".formatted(contender.id(), sample.cpuMicrosPerMessage()));
            } catch (ServerStalledException e) {
                load.kill();
                loads.remove(contender);
                stalled(contender, point, e, servers);
            }
        }
        Output.progress(line.toString());
    }

    private EchoLoad open(ServerProcess server, EchoPoint point) throws ServerStalledException {
        return EchoLoad.open(server, point.busy(), point.idle(), Duration.ofSeconds(plan.openSeconds()), tools);
    }

    private void stalled(Contender contender, EchoPoint point, ServerStalledException how, Servers servers) {
        if (contender.isNetty()) {
            throw failed(contender, point, how);
        }
        Output.progress(point + ": " + contender.title() + " stalls: " + how.getMessage());
        results.series(point, contender).stalled(String.valueOf(how.getMessage()));
        servers.kill(contender);
    }

    private static BenchmarkException failed(Contender contender, EchoPoint point, ServerStalledException how) {
        return new BenchmarkException(contender.title() + " stalls at " + point + ": " + how.getMessage(), how);
    }
}
