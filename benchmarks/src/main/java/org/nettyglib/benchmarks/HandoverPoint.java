package org.nettyglib.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What the server has to hand over.
 *
 * @param perSecond messages, at uneven distances
 */
public record HandoverPoint(int perSecond) {

    /** All threads sleep between two messages; they often do; they hardly do. */
    static final List<HandoverPoint> ALL =
            List.of(new HandoverPoint(200), new HandoverPoint(1_000), new HandoverPoint(20_000));

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d per second", perSecond);
    }
}
