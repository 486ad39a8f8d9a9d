package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nettyglib.loop.GLibBackend;

/** A program in a process of its own. What it prints is taken while it runs. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final List<Thread> readers = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        read(process.getInputStream(), output);
        read(process.getErrorStream(), errors);
    }

    private void read(InputStream from, ByteArrayOutputStream to) {
        readers.add(Thread.ofPlatform().daemon().start(() -> {
            try (from) {
                from.transferTo(to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    public static Program start(List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command).start());
    }

    public static Program start(String... command) throws IOException {
        return start(List.of(command));
    }

    /** The command for a program of the tests' class path, with the backend of this JVM. */
    public static List<String> java(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-ea",
                "-D" + GLibBackend.PROPERTY + '=' + System.getProperty(GLibBackend.PROPERTY, "epoll-set"),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What a class prints in a JVM of its own, with these options of the JVM and no others. */
    public static String output(Class<?> program, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** {@return the path, where a FIFO is now} */
    public static Path makeFifo(Path path) throws Exception {
        try (Program mkfifo = start("mkfifo", path.toString())) {
            mkfifo.awaitSuccess();
        }
        return path;
    }

    /** Skips the test where the program is missing. */
    public static void assumeInstalled(String name, String debianPackage) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        if (!found) {
            String reason = name + " is not installed (package " + debianPackage + ')';
            System.out.println("not tested: " + reason);
            abort(reason);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Writes to its standard input. */
    public void write(byte[] bytes) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(bytes);
        input.flush();
    }

    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** What it has printed up to now. */
    public byte[] output() {
        return output.toByteArray();
    }

    /** What it has printed to its standard error up to now. */
    public String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    public void awaitOutput(int length) throws InterruptedException {
        Await.until(() -> output.size() >= length, () -> length + " bytes, but there is " + this);
    }

    /** Waits for its end and returns its exit code. */
    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(2 * Await.SECONDS, TimeUnit.SECONDS))
                .as("end of %s", this)
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    /** Waits for its end, which has to be a good one, and returns what it has printed. */
    public byte[] awaitSuccess() throws InterruptedException {
        assertThat(awaitExit()).as(toString()).isZero();
        return output();
    }

    /** Ends it, if it has not ended, and leaves no descriptor. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor();
        for (Thread reader : readers) {
            reader.join();
        }
        process.getOutputStream().close();
    }

    @Override
    public String toString() {
        return process.info().commandLine().orElse("a program that ended")
                + "\noutput: "
                + output.toString(StandardCharsets.UTF_8)
                + "\nerrors: "
                + errors();
    }
}
