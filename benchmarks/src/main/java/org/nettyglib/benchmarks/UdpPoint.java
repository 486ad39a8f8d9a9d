package org.nettyglib.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nettyglib.benchmarks.server.UdpServer;

/**
 * What the UDP server has to bear, and how it goes about it.
 *
 * @param batched whether it reads and writes many packets with one system call, where its transport can
 * @param bytes the length of a packet
 * @param underWay packets that wait for their answers at any time
 */
public record UdpPoint(boolean batched, int bytes, int underWay) {

    private static final Pattern TEXT =
            Pattern.compile("(" + UdpServer.BATCHED + "|" + UdpServer.ONE_BY_ONE + "):(\\d{1,5})x(\\d{1,5})");

    private static final int SMALL = 64;
    private static final int LARGE = 1200;
    private static final int MANY = 128;

    static final List<UdpPoint> ALL = Stream.of(false, true)
            .flatMap(batched -> Stream.of(
                    new UdpPoint(batched, SMALL, 1),
                    new UdpPoint(batched, SMALL, 16),
                    new UdpPoint(batched, SMALL, MANY),
                    new UdpPoint(batched, LARGE, MANY)))
            .toList();

    static final List<UdpPoint> QUICK =
            ALL.stream().filter(point -> point.underWay == MANY).toList();

    /** Reads {@code batched:BYTESxN} or {@code one-by-one:BYTESxN}, such as batched:64x128. */
    static UdpPoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not batched:BYTESxN or one-by-one:BYTESxN");
        }
        return new UdpPoint(
                matcher.group(1).equals(UdpServer.BATCHED),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s, %,d bytes, %,d under way", batched ? "batched" : "one by one", bytes, underWay);
    }
}
