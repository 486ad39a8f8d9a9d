package org.nettyglib.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A running server, pinned to the servers' cores. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofMinutes(2);
    private static final String READY = "listening ";

    private final String title;
    private final Child child;
    private final String address;

    private ServerProcess(String title, Child child, String address) {
        this.title = title;
        this.child = child;
        this.address = address;
    }

    /**
     * Starts the server and waits until it listens.
     *
     * @param nettyMain the program if the contender runs on the JVM
     * @param arguments what every contender is told alike
     */
    public static ServerProcess start(Contender contender, Class<?> nettyMain, List<String> arguments, Toolbox tools) {
        return start(contender.title(), tools.onServerCores(contender.command(nettyMain, arguments, tools)));
    }

    /**
     * Starts a server on the JVM that is no {@link Contender}, and waits until it listens.
     *
     * @param title what it is called in messages
     * @param main the program
     * @param environment what is added to the environment of this process
     */
    public static ServerProcess start(
            String title, Class<?> main, List<String> arguments, Map<String, String> environment, Toolbox tools) {
        ProcessBuilder builder = tools.onServerCores(tools.java(main, arguments));
        builder.environment().putAll(environment);
        return start(title, builder);
    }

    private static ServerProcess start(String title, ProcessBuilder builder) {
        Child child = new Child(title, builder);
        try {
            String line = child.poll(START);
            if (line == null || !line.startsWith(READY)) {
                throw new BenchmarkException(title + " does not listen; it said: " + line);
            }
            return new ServerProcess(title, child, line.substring(READY.length()));
        } catch (RuntimeException e) {
            child.kill();
            throw e;
        }
    }

    public String title() {
        return title;
    }

    /** Tells the server something and returns the line that it answers. */
    public String ask(String command) {
        child.send(command);
        String line = child.poll(START);
        if (line == null) {
            throw new BenchmarkException(title + " does not answer to: " + command);
        }
        return line;
    }

    /** Where it listens: a port of the loopback address, or the path of a Unix socket. */
    public String address() {
        return address;
    }

    public long pid() {
        return child.pid();
    }

    /** CPU time that the process has used, user and system, in nanoseconds. */
    public long cpuNanos() {
        return ProcessClock.cpuNanos(pid());
    }

    /** How many descriptors the process has open. */
    public int descriptors() {
        int count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(proc().resolve("fd"))) {
            for (Path ignored : open) {
                count++;
            }
        } catch (IOException e) {
            throw new BenchmarkException("cannot list the descriptors of " + title, e);
        }
        return count;
    }

    /** Waits until the server has closed its side of the connections that the load has left. */
    public void awaitDescriptors(int atMost) {
        long deadline = System.nanoTime() + SETTLE.toNanos();
        while (descriptors() > atMost) {
            if (System.nanoTime() - deadline > 0) {
                throw new BenchmarkException("%s still has %d descriptors open, %d before the load came"
                        .formatted(title, descriptors(), atMost));
            }
            pause(Duration.ofMillis(20));
        }
    }

    /** The id of the thread whose name starts so. */
    public OptionalLong threadId(String namePrefix) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(proc().resolve("task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith(namePrefix)) {
                    return OptionalLong.of(Long.parseLong(fileName(task)));
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new BenchmarkException("cannot list the threads of " + title, e);
        }
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(pid()));
    }

    private static String fileName(Path path) {
        @Nullable Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }

    @Override
    public void close() {
        child.close();
    }

    /** Ends it at once, as one that stalls does not answer. */
    public void kill() {
        child.kill();
    }
}
