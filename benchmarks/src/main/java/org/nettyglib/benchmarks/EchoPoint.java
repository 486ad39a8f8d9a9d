package org.nettyglib.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the echo server has to bear.
 *
 * @param busy connections that play ping-pong, one message under way on each
 * @param idle connections that are open and silent
 */
public record EchoPoint(int busy, int idle) {

    private static final List<Integer> BUSY = List.of(1, 32, 256);

    static final List<EchoPoint> ALL = Stream.of(0, 1_000, 10_000)
            .flatMap(idle -> BUSY.stream().map(busy -> new EchoPoint(busy, idle)))
            .toList();

    static final List<EchoPoint> QUICK = Stream.concat(
                    BUSY.stream().map(busy -> new EchoPoint(busy, 0)), Stream.of(new EchoPoint(32, 10_000)))
            .toList();

    /** Reads {@code BUSYxIDLE}, such as 32x1000. */
    static EchoPoint parse(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + text + "' is not BUSYxIDLE, such as 32x1000");
        }
        return new EchoPoint(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    EchoPoint withoutIdle() {
        return new EchoPoint(busy, 0);
    }

    @Override
    public String toString() {
        return idle == 0
                ? String.format(Locale.ROOT, "%,d busy", busy)
                : String.format(Locale.ROOT, "%,d busy + %,d idle", busy, idle);
    }
}
