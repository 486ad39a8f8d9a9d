package org.nettyglib.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;

/**
 * Everything that one command measured: a series for each point and server.
 *
 * @param <P> a point: what the load was like; its text heads the rows of the tables
 */
public final class Results<P> {

    private final List<Contender> contenders;
    private final Map<P, Map<Contender, Series<Sample>>> points = new LinkedHashMap<>();

    public Results(List<Contender> contenders) {
        this.contenders = List.copyOf(contenders);
    }

    public List<Contender> contenders() {
        return contenders;
    }

    public Iterable<P> points() {
        return points.keySet();
    }

    /** The series of a server at a point, empty at first. */
    public Series<Sample> series(P point, Contender contender) {
        return points.computeIfAbsent(point, ignored -> new LinkedHashMap<>())
                .computeIfAbsent(contender, ignored -> new Series<>());
    }
}
