package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nettyglib.benchmarks.process.Contender;

/** The order of the servers in a round. */
final class Rounds {

    private Rounds() {}

    /** Each round begins with another server, as the first of a round may find the machine in another state than the last. */
    static List<Contender> order(List<Contender> contenders, int round) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, -round);
        return order;
    }
}
