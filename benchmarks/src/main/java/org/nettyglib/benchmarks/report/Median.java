package org.nettyglib.benchmarks.report;

import java.util.Collection;

/**
 * The middle of some values, with the least and the greatest of them.
 *
 * @param value the median; of an even number of values the mean of the two in the middle
 */
public record Median(double value, double least, double greatest) {

    public static Median of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("the median of nothing");
        }
        int middle = sorted.length / 2;
        double value = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Median(value, sorted[0], sorted[sorted.length - 1]);
    }
}
