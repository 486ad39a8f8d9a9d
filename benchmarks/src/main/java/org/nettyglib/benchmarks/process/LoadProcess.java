package org.nettyglib.benchmarks.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One of our loads in C (see {@code peers/load.h}), connected to one server. It stays so from one run to the next, so that several
 * servers can be measured in turn without opening 10,000 connections each time.
 */
public final class LoadProcess implements Load {

    /** Beyond the times that the load itself keeps: it reports a stall, and only a hung load says nothing. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Child child;

    private LoadProcess(Child child) {
        this.child = child;
    }

    /**
     * Connects and returns when the server has answered.
     *
     * @param program the peer that loads
     * @param arguments what it is told of this point
     * @param timeout how long the server may take to answer on all connections
     * @throws ServerStalledException if the time was too short
     */
    public static LoadProcess open(
            String program, List<String> arguments, ServerProcess server, Duration timeout, Toolbox tools)
            throws ServerStalledException {
        List<String> command = new ArrayList<>(List.of(tools.peer(program)));
        command.addAll(List.of("--to", server.address(), "--pid", Long.toString(server.pid())));
        command.addAll(List.of("--open-timeout", Long.toString(timeout.toSeconds())));
        command.addAll(arguments);
        LoadProcess load = new LoadProcess(new Child("the load on " + server.title(), tools.onLoadCore(command)));
        try {
            load.answer("open ", timeout.plus(GRACE));
            return load;
        } catch (RuntimeException | ServerStalledException e) {
            load.kill();
            throw e;
        }
    }

    @Override
    public Sample run(double settle, double seconds) throws ServerStalledException {
        child.send(String.format(Locale.ROOT, "run %f %f", settle, seconds));
        Sample sample = Sample.parse(answer("result ", GRACE.plusMillis((long) ((settle + seconds) * 1000))));
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
            throw new ServerStalledException("the load was %s and got through with %s of %s"
                    .formatted(fields.get("while"), fields.get("done"), fields.get("of")));
        }
        if (!line.startsWith(start)) {
            throw new BenchmarkException("the load said: " + line);
        }
        return line;
    }

    @Override
    public void close() {
        child.close();
    }

    @Override
    public void kill() {
        child.kill();
    }
}
