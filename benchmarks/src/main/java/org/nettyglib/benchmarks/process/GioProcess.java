package org.nettyglib.benchmarks.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A running program that does operations of one kind when it is told to, on the servers' cores. Its protocol is in {@code peers/operations.h}. */
public final class GioProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);

    /** Beyond the window itself: the operations under way at its end have to end too. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final String title;
    private final Child child;

    private GioProcess(String title, List<String> command, Toolbox tools) {
        this.title = title;
        child = new Child(title, tools.onServerCores(command));
        try {
            answer("listening ", START);
        } catch (RuntimeException e) {
            child.kill();
            throw e;
        }
    }

    /** Starts a program on the JVM and waits until it is ready. */
    public static GioProcess java(String title, Class<?> main, List<String> arguments, Toolbox tools) {
        return new GioProcess(title, tools.java(main, arguments), tools);
    }

    /** Starts a program in C and waits until it is ready. */
    public static GioProcess peer(String title, String program, List<String> arguments, Toolbox tools) {
        List<String> command = new ArrayList<>(List.of(tools.peer(program)));
        command.addAll(arguments);
        return new GioProcess(title, command, tools);
    }

    /**
     * Begins operations for a while, and returns when all have ended.
     *
     * @param seconds how long
     * @param most how many at most
     * @param underWay how many at a time
     */
    public GioSample run(double seconds, long most, int underWay) {
        long cpu = ProcessClock.cpuNanos(child.pid());
        ThreadTimes threads = ThreadTimes.of(child.pid());
        child.send(String.format(Locale.ROOT, "run %f %d %d", seconds, most, underWay));
        String line = answer("result ", GRACE.plusMillis((long) (seconds * 1000)));
        GioSample sample = GioSample.parse(
                line,
                (ProcessClock.cpuNanos(child.pid()) - cpu) / 1e3,
                ThreadTimes.of(child.pid()).minus(threads));
        if (sample.operations() < underWay) {
            throw new BenchmarkException(title + " did " + sample.operations() + " operations in " + seconds + " s");
        }
        return sample;
    }

    private String answer(String start, Duration timeout) {
        String line = child.poll(timeout);
        if (line == null || !line.startsWith(start)) {
            throw new BenchmarkException(title + (line == null ? " does not answer" : " said: " + line));
        }
        return line;
    }

    @Override
    public void close() {
        child.close();
    }
}
