package org.nettyglib.benchmarks;

/**
 * A row of the tables.
 *
 * @param operation what is done
 * @param underWay how many at a time
 */
public record GioPoint(GioOperation operation, int underWay) {

    @Override
    public String toString() {
        return operation.title() + ", " + underWay;
    }
}
