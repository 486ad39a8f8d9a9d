package org.nettyglib.benchmarks.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An X server without a screen, for programs that open windows. It ends with the last of them, or when it is closed. */
public final class VirtualDisplay implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);

    private final Child server;
    private final String number;

    private VirtualDisplay(Child server, String number) {
        this.server = server;
        this.number = number;
    }

    /**
     * Starts one on the load's core: the servers' is for them alone. It takes a number that no other X server
     * has, and complains of those that are taken.
     */
    public static VirtualDisplay start(Toolbox tools) {
        List<String> command = List.of(
                "Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset", "-terminate");
        Child server = new Child("Xvfb", tools.onLoadCore(command));
        String number = server.poll(START);
        if (number == null) {
            server.kill();
            throw new BenchmarkException("Xvfb does not start");
        }
        return new VirtualDisplay(server, number);
    }

    /** What makes a GTK 4 program draw on it, in software, and leave the desktop's services alone. */
    public Map<String, String> environment() {
        return Map.of(
                "DISPLAY", ":" + number,
                "GDK_BACKEND", "x11",
                "GSK_RENDERER", "cairo",
                "GTK_A11Y", "none",
                "GSETTINGS_BACKEND", "memory",
                "DBUS_SESSION_BUS_ADDRESS", "disabled:");
    }

    @Override
    public void close() {
        server.terminate();
    }
}
