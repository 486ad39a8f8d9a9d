package org.nettyglib.examples.dbus;

import io.netty.channel.EventLoop;
import java.util.EnumSet;
import java.util.Set;
import org.gnome.gio.BusType;
import org.gnome.gio.DBusConnection;
import org.gnome.gio.DBusConnectionFlags;
import org.gnome.gio.Gio;
import org.nettyglib.gio.GioFuture;
import org.nettyglib.gio.GioFutures;

/** Connects to a message bus. What arrives on the connection is handled on the loop's thread. */
final class Bus {

    private static final Set<DBusConnectionFlags> CLIENT =
            EnumSet.of(DBusConnectionFlags.AUTHENTICATION_CLIENT, DBusConnectionFlags.MESSAGE_BUS_CONNECTION);

    private Bus() {}

    /** The user's own, which all code of this process shares. */
    static GioFuture<DBusConnection> session(EventLoop loop) {
        return GioFutures.start(
                loop, (cancellable, ready) -> Gio.busGet(BusType.SESSION, cancellable, ready), Gio::busGetFinish);
    }

    /** One at an address, such as {@code unix:path=/run/user/1000/bus}. */
    static GioFuture<DBusConnection> at(EventLoop loop, String address) {
        return GioFutures.start(
                loop,
                (cancellable, ready) -> DBusConnection.newForAddress(address, CLIENT, null, cancellable, ready),
                DBusConnection::forAddressFinish);
    }

    static GioFuture<Boolean> close(EventLoop loop, DBusConnection connection) {
        return GioFutures.start(loop, connection::close, connection::closeFinish);
    }
}
