package org.nettyglib.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;

/** An example, run as a reader would run it. */
public final class Example implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("(?::|port )(\\d+)");

    private final Program program;

    private Example(Program program) {
        this.program = program;
    }

    public static Example start(Class<?> main, String... args) throws IOException {
        return new Example(Program.start(Program.java(main, args)));
    }

    /** The first port that it names. */
    public int port() throws InterruptedException {
        return Integer.parseInt(awaitOutput(PORT).group(1));
    }

    /** Waits until this has been printed. */
    public Matcher awaitOutput(Pattern pattern) throws InterruptedException {
        Await.until(() -> matcher(pattern).find(), () -> "\"" + pattern + "\", but there is " + program);
        Matcher found = matcher(pattern);
        found.find();
        return found;
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(new String(program.output(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program.close();
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
