package org.nettyglib.examples.dbus;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A message bus that nobody else knows of. */
final class MessageBus implements AutoCloseable {

    private final Process daemon;
    private final String address;

    private MessageBus(Process daemon, String address) {
        this.daemon = daemon;
        this.address = address;
    }

    /** Starts one with its socket in the given directory; skips the test where there is no {@code dbus-daemon}. */
    static MessageBus start(Path directory) throws IOException {
        assumeInstalled("dbus-daemon", "dbus-daemon");
        Process daemon = new ProcessBuilder(
                        "dbus-daemon",
                        "--session",
                        "--nofork",
                        "--nopidfile",
                        "--print-address",
                        "--address=unix:path=" + directory.resolve("bus"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = daemon.inputReader();
        String address = output.readLine();
        if (address == null) {
            throw new IOException("dbus-daemon did not start");
        }
        return new MessageBus(daemon, address);
    }

    static void assumeInstalled(String program, String debianPackage) {
        if (Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .noneMatch(Files::isExecutable)) {
            String reason = program + " is missing (the package " + debianPackage + ")";
            System.out.println("not tested: " + reason);
            abort(reason);
        }
    }

    String address() {
        return address;
    }

    /** What another program, which knows the bus by its arguments, says to its output and its errors. */
    static String output(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(10, TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
    }
}
