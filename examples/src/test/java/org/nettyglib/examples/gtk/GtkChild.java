package org.nettyglib.examples.gtk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nettyglib.loop.GLibBackend;

/** A JVM whose main thread is GTK's. It is told what to do, and says what happened, a line each. */
public final class GtkChild implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;
    private final StringBuilder said = new StringBuilder();

    private GtkChild(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.input = new PrintWriter(process.outputWriter(), true);
    }

    /** Starts the program there. A critical message of GLib's or GTK's ends it. */
    public static GtkChild start(Xvfb display, String backend, Class<?> program, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-ea:io.netty...",
                "-ea:org.nettyglib...",
                "-Dio.netty.leakDetection.level=paranoid",
                "-D" + GLibBackend.PROPERTY + '=' + backend,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        builder.command().addAll(List.of(arguments));
        display.use(builder.environment());
        builder.environment().put("G_DEBUG", "fatal-criticals");
        return new GtkChild(builder.redirectErrorStream(true).start());
    }

    public void tell(String command) {
        input.println(command);
    }

    /** The rest of the next line that begins with this word. What comes before it is kept for the message of a failure. */
    public String await(String word) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
        }
        throw new AssertionError("the program ended without saying \"" + word + "\":\n" + said);
    }

    /** Waits for the end. */
    public int status() throws IOException, InterruptedException {
        output.lines().forEach(line -> said.append(line).append('\n'));
        return process.waitFor();
    }

    /** What it has said so far. */
    public String said() {
        return said.toString();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
