package org.nettyglib.benchmarks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nettyglib.benchmarks.server.UiServer;

/** A running {@link UiServer}, and what it says of its window. */
public final class UiProcess implements AutoCloseable {

    private final ServerProcess server;

    private UiProcess(ServerProcess server) {
        this.server = server;
    }

    /**
     * What a window showed in a time.
     *
     * @param drawn how many
     * @param longestGapMillis the longest time without one
     */
    public record Frames(int drawn, double longestGapMillis) {

        static Frames parse(String line) {
            Map<String, String> fields = Sample.fields(line);
            return new Frames(
                    (int) Sample.number(fields, "frames", line),
                    Sample.number(fields, "longest_gap_us", line) / TimeUnit.MILLISECONDS.toMicros(1));
        }

        /** The share of the frames that a display of 60 Hz could have shown, 1 if it was all of them. */
        public double share(double seconds) {
            return drawn / (HERTZ * seconds);
        }
    }

    /** Of GDK's frame clock, where the display does not tell it its own rate. */
    private static final double HERTZ = 60;

    /**
     * Starts it and waits until it listens.
     *
     * @param transport one on the JVM
     * @param arguments what it is told beside that
     */
    public static UiProcess start(
            String title, Contender transport, List<String> arguments, VirtualDisplay display, Toolbox tools) {
        List<String> all = new ArrayList<>(List.of(transport.id()));
        all.addAll(arguments);
        return new UiProcess(ServerProcess.start(title, UiServer.class, all, display.environment(), tools));
    }

    public ServerProcess server() {
        return server;
    }

    /** Starts or stops the animation, and returns when that has been done. */
    public void animate(boolean on) {
        server.ask(on ? UiServer.ANIMATE : UiServer.REST);
    }

    /** The frames between two instants of {@link System#nanoTime()}, which is the same clock in all processes on Linux. */
    public Frames frames(long from, long to) {
        return Frames.parse(server.ask(String.format(Locale.ROOT, "%s %d %d", UiServer.FRAMES, from, to)));
    }

    @Override
    public void close() {
        server.close();
    }
}
