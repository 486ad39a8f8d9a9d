package org.nettyglib.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order of the servers in a round. */
final class Rounds {

    private Rounds() {}

    /** Each round begins with another server, as the first of a round may find the machine in another state than the last. */
    static <T> List<T> order(List<T> contenders, int round) {
        List<T> order = new ArrayList<>(contenders);
        Collections.rotate(order, -round);
        return order;
    }
}
