package org.nettyglib.benchmarks.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The load generator with its connections to one echo server. They stay open from one run to the next, so that several servers
 * can be measured in turn without opening 10,000 connections each time.
 */
public final class EchoLoad implements AutoCloseable {

    /** Beyond the times that the load itself keeps: it reports a stall, and only a hung load says nothing. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Child child;

    private EchoLoad(Child child) {
        this.child = child;
    }

    /**
     * Opens the connections and returns when the server has answered a first message on each.
     *
     * @param timeout how long the server may take for that
     * @throws ServerStalledException if the time was too short
     */
    public static EchoLoad open(ServerProcess server, int busy, int idle, Duration timeout, Toolbox tools)
            throws ServerStalledException {
        List<String> command = new ArrayList<>(List.of(tools.peer("load")));
        command.addAll(List.of("--port", Integer.toString(server.port()), "--pid", Long.toString(server.pid())));
        command.addAll(List.of("--busy", Integer.toString(busy), "--idle", Integer.toString(idle)));
        command.addAll(List.of("--open-timeout", Long.toString(timeout.toSeconds())));
        EchoLoad load =
                new EchoLoad(new Child("the load on " + server.contender().title(), tools.onLoadCore(command)));
        try {
            load.answer("open ", timeout.plus(GRACE));
            return load;
        } catch (RuntimeException | ServerStalledException e) {
            load.kill();
            throw e;
        }
    }

    /**
     * Plays ping-pong on the busy connections.
     *
     * @param warmUp seconds before the window
     * @param seconds the length of the window
     * @throws ServerStalledException if no message came back in the window, or not all did after it
     */
    public Sample run(double warmUp, double seconds) throws ServerStalledException {
        child.send(String.format(Locale.ROOT, "run %f %f", warmUp, seconds));
        Sample sample = Sample.parse(answer("result ", GRACE.plusMillis((long) ((warmUp + seconds) * 1000))));
        if (sample.messages() == 0) {
            throw new ServerStalledException("no answer within " + seconds + " s");
        }
        return sample;
    }

    private String answer(String start, Duration timeout) throws ServerStalledException {
        String line = child.poll(timeout);
        if (line == null) {
            throw new ServerStalledException("the load heard nothing for " + timeout.toSeconds() + " s");
        }
        if (line.startsWith("stalled ")) {
            Map<String, String> fields = Sample.fields(line);
            throw new ServerStalledException("the load was %s and got through with %s of %s connections"
                    .formatted(fields.get("while"), fields.get("done"), fields.get("of")));
        }
        if (!line.startsWith(start)) {
            throw new BenchmarkException("the load said: " + line);
        }
        return line;
    }

    /** Closes the connections. */
    @Override
    public void close() {
        child.close();
    }

    public void kill() {
        child.kill();
    }
}
