package org.nettyglib.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.gnome.gio.DBusCallFlags;
import org.gnome.gio.DBusConnection;
import org.gnome.gio.DBusConnectionFlags;
import org.gnome.glib.Variant;
import org.javagi.base.GErrorException;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;

/** A message bus that nobody else knows of, and a connection to it. */
public final class PrivateBus implements AutoCloseable {
    private static final String NAME = "org.freedesktop.DBus";
    private static final int CALL_MILLIS = 20_000;

    private final Program daemon;
    private final DBusConnection connection;

    private PrivateBus(Program daemon, DBusConnection connection) {
        this.daemon = daemon;
        this.connection = connection;
    }

    public static void assumeInstalled() {
        Program.assumeInstalled("dbus-daemon", "dbus-daemon");
    }

    /** Starts one with its socket in the given directory. */
    public static PrivateBus start(Path directory) throws IOException, InterruptedException, GErrorException {
        GLibTransport.initJavaGi();
        Program daemon = Program.start(
                "dbus-daemon",
                "--session",
                "--nofork",
                "--nopidfile",
                "--print-address",
                "--address=unix:path=" + directory.resolve("bus"));
        boolean connected = false;
        try {
            Await.until(() -> printed(daemon).endsWith("\n"), daemon::toString);
            String address = printed(daemon).trim();
            Set<DBusConnectionFlags> flags =
                    EnumSet.of(DBusConnectionFlags.AUTHENTICATION_CLIENT, DBusConnectionFlags.MESSAGE_BUS_CONNECTION);
            PrivateBus bus = new PrivateBus(daemon, DBusConnection.forAddressSync(address, flags, null, null));
            connected = true;
            return bus;
        } finally {
            if (!connected) {
                daemon.close();
            }
        }
    }

    private static String printed(Program daemon) {
        return new String(daemon.output(), StandardCharsets.US_ASCII);
    }

    public DBusConnection connection() {
        return connection;
    }

    /** Asks the bus for its id and waits for the answer, as GIO does: in a main loop on a context of its own. */
    public String id() {
        try {
            Variant reply = connection.callSync(
                    NAME, "/org/freedesktop/DBus", NAME, "GetId", null, null, DBusCallFlags.NONE, CALL_MILLIS, null);
            return reply.print(false);
        } catch (GErrorException e) {
            throw new IllegalStateException("the bus does not answer", e);
        }
    }

    /** From now on calls wait. */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
        Path stat = Path.of("/proc", Long.toString(daemon.pid()), "stat");
        Await.until(() -> isStopped(stat), () -> "dbus-daemon stops");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(daemon.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** By field 3 of proc(5), which follows the only bracket. */
    private static boolean isStopped(Path stat) {
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            connection.closeSync(null);
        } catch (GErrorException e) {
            throw new IllegalStateException("cannot close the connection", e);
        } finally {
            daemon.close();
        }
    }
}
