package org.nettyglib.examples.dbus;

import io.netty.channel.EventLoop;
import java.lang.ref.Reference;
import org.gnome.gio.DBusCallFlags;
import org.gnome.gio.DBusConnection;
import org.gnome.glib.Variant;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gio.GioFuture;
import org.nettyglib.gio.GioFutures;

/** Calls the methods of one object on a bus. */
final class Calls {

    private static final int NO_TIMEOUT = Integer.MAX_VALUE;

    private final EventLoop loop;
    private final DBusConnection connection;
    private final String name;
    private final String path;

    Calls(EventLoop loop, DBusConnection connection, String name, String path) {
        this.loop = loop;
        this.connection = connection;
        this.name = name;
        this.path = path;
    }

    /**
     * Calls a method. For a deadline, use the future's.
     *
     * @param arguments a tuple, or null if there are none
     * @return a tuple with the results
     */
    GioFuture<Variant> call(String interfaceName, String method, @Nullable Variant arguments) {
        return GioFutures.start(
                loop,
                (cancellable, ready) -> {
                    connection.call(
                            name,
                            path,
                            interfaceName,
                            method,
                            arguments,
                            null,
                            DBusCallFlags.NONE,
                            NO_TIMEOUT,
                            cancellable,
                            ready);
                    Reference.reachabilityFence(arguments);
                },
                connection::callFinish);
    }
}
