package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Unit;

/**
 * Measures servers under load: at each point every server gets its load, then the rounds follow, and in each round every server has
 * its turn. So a change of the machine's speed meets all of them alike.
 *
 * @param <P> a point: what a server has to bear
 */
final class LoadRun<P> {

    /**
     * How to run.
     *
     * @param servers who takes part
     * @param rounds how often each server is measured at each point
     * @param seconds the length of a measured window
     * @param settle seconds of load before each window
     * @param warmUp for each new JVM
     */
    record Plan(List<Contender> servers, int rounds, double seconds, double settle, WarmUp warmUp) {}

    /** Descriptors that a server may open for itself while it gets warm: jars, for example. */
    private static final int SPARE_DESCRIPTORS = 16;

    private final Toolbox tools;
    private final Service<P> service;
    private final Plan plan;
    private final Unit unit;
    private final Results<P> results;

    LoadRun(Toolbox tools, Service<P> service, Plan plan, Unit unit) {
        this.tools = tools;
        this.service = service;
        this.plan = plan;
        this.unit = unit;
        this.results = new Results<>(plan.servers());
    }

    Results<P> measure(List<P> points) {
        Map<List<String>, List<P>> groups = new LinkedHashMap<>();
        points.forEach(point -> groups.computeIfAbsent(service.serverArguments(point), ignored -> new ArrayList<>())
                .add(point));
        groups.forEach(this::measureGroup);
        return results;
    }

    private void measureGroup(List<String> serverArguments, List<P> points) {
        try (Servers servers = new Servers(tools, service.nettyMain(), serverArguments)) {
            Map<Contender, Integer> descriptors = warmUp(servers, service.warmUpPoint(points.getFirst()));
            for (P point : points) {
                measurePoint(point, servers);
                for (Contender contender : plan.servers()) {
                    if (contender.isNetty()) {
                        servers.get(contender).awaitDescriptors(descriptors.getOrDefault(contender, 0));
                    } else {
                        servers.kill(contender);
                    }
                }
            }
        }
    }

    /** Returns how many descriptors each warm server has open without load. */
    private Map<Contender, Integer> warmUp(Servers servers, P point) {
        Map<Contender, Integer> descriptors = new EnumMap<>(Contender.class);
        for (Contender contender : plan.servers()) {
            if (contender.isNetty()) {
                ServerProcess server = servers.get(contender);
                int before = server.descriptors();
                try (Load load = service.open(server, point)) {
                    plan.warmUp()
                            .run(
                                    contender.title(),
                                    windowSeconds -> load.run(0, windowSeconds).cpuMicrosPerMessage());
                } catch (ServerStalledException e) {
                    throw failed(contender, point, e);
                }
                server.awaitDescriptors(before + SPARE_DESCRIPTORS);
                descriptors.put(contender, server.descriptors());
            }
        }
        return descriptors;
    }

    private void measurePoint(P point, Servers servers) {
        Map<Contender, Load> loads = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : plan.servers()) {
                Output.progress(point + ": connecting to " + contender.title());
                try {
                    loads.put(contender, service.open(servers.get(contender), point));
                } catch (ServerStalledException e) {
                    stalled(contender, point, e, servers);
                }
            }
            for (int round = 0; round < plan.rounds(); round++) {
                measureRound(point, round, loads, servers);
            }
        } finally {
            loads.values().forEach(Load::close);
        }
    }

    private void measureRound(P point, int round, Map<Contender, Load> loads, Servers servers) {
        StringBuilder line = new StringBuilder(point + ", round " + (round + 1) + ", CPU µs per " + unit.one() + ":");
        for (Contender contender : Rounds.order(plan.servers(), round)) {
            Load load = loads.get(contender);
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

    private void stalled(Contender contender, P point, ServerStalledException how, Servers servers) {
        if (contender.isNetty()) {
            throw failed(contender, point, how);
        }
        Output.progress(point + ": " + contender.title() + " stalls: " + how.getMessage());
        results.series(point, contender).stalled(String.valueOf(how.getMessage()));
        servers.kill(contender);
    }

    private BenchmarkException failed(Contender contender, P point, ServerStalledException how) {
        return new BenchmarkException(contender.title() + " stalls at " + point + ": " + how.getMessage(), how);
    }
}
