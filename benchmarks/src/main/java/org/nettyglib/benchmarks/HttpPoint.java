package org.nettyglib.benchmarks;

/**
 * What the HTTP server has to bear.
 *
 * @param connections kept alive, one request under way on each
 */
public record HttpPoint(int connections) {
    @Override
    public String toString() {
        return connections + " connections";
    }
}
