package org.nettyglib.examples.dbus;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.gnome.gio.DBusConnection;
import org.gnome.gio.DBusSignalCallback;
import org.gnome.gio.DBusSignalFlags;
import org.gnome.glib.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Follows one signal of an interface, whoever sends it. It replaces java-gi's {@code upcall}, which takes a reference to the
 * connection at each signal and never gives it back. On the loop's thread.
 */
final class SignalFollower implements DBusSignalCallback, AutoCloseable {

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SignalFollower.class);

    private final DBusConnection connection;
    private final Consumer<Variant> listener;
    private int subscription;

    private SignalFollower(DBusConnection connection, Consumer<Variant> listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** The listener is given the signal's arguments, which are good for the length of the call. */
    static SignalFollower follow(
            DBusConnection connection, String interfaceName, String signal, Consumer<Variant> listener) {
        SignalFollower follower = new SignalFollower(connection, listener);
        follower.subscription =
                connection.signalSubscribe(null, interfaceName, signal, null, null, DBusSignalFlags.NONE, follower);
        return follower;
    }

    @Override
    public void upcall(
            MemorySegment connection,
            MemorySegment sender,
            MemorySegment path,
            MemorySegment interfaceName,
            MemorySegment signal,
            MemorySegment arguments,
            MemorySegment userData) {
        receive(new Variant(arguments));
    }

    @Override
    public void run(
            DBusConnection connection,
            @Nullable String sender,
            String path,
            String interfaceName,
            String signal,
            Variant arguments) {
        receive(arguments);
    }

    /** Nothing may be thrown from here: it would end the JVM. */
    private void receive(Variant arguments) {
        try {
            listener.accept(arguments);
        } catch (Throwable e) {
            logger.warn("A signal is lost", e);
        }
    }

    @Override
    public void close() {
        connection.signalUnsubscribe(subscription);
    }
}
