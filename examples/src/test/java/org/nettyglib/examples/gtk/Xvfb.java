package org.nettyglib.examples.gtk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A display that nobody sees, with a number of its own. */
public final class Xvfb implements AutoCloseable {

    private final Process process;
    private final String display;

    private Xvfb(Process process, String display) {
        this.process = process;
        this.display = display;
    }

    /** Skips the test where there is no such display or no GTK 4 for it. */
    public static void assumeGtkCanBeShown() {
        assumeTrue(isOnThePath("Xvfb"), "Xvfb is missing (the package xvfb)");
        assumeTrue(gtkIsThere(), "libgtk-4.so.1 is missing (the package libgtk-4-1)");
    }

    public static Xvfb start() throws IOException {
        // The number is written once the display can be used.
        Process process = new ProcessBuilder(
                        "Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = process.inputReader();
        String number = output.readLine();
        if (number == null) {
            throw new IOException("Xvfb did not start");
        }
        return new Xvfb(process, ":" + number);
    }

    /** Makes GTK draw here, by itself alone: no services of a desktop, nothing of the user's. */
    void use(Map<String, String> environment) {
        environment.put("DISPLAY", display);
        environment.put("GDK_BACKEND", "x11");
        environment.put("GSK_RENDERER", "cairo");
        environment.put("GTK_A11Y", "none");
        environment.put("GSETTINGS_BACKEND", "memory");
        environment.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        environment.remove("WAYLAND_DISPLAY");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
    }

    @SuppressWarnings("restricted")
    private static boolean gtkIsThere() {
        try {
            SymbolLookup.libraryLookup("libgtk-4.so.1", Arena.global());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
