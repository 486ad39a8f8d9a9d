package org.nettyglib.examples.dbus;

import io.netty.channel.EventLoop;
import org.gnome.gio.DBusConnection;
import org.gnome.glib.Variant;
import org.nettyglib.gio.GioFuture;

/** Owns a name on a bus: asks the bus itself for it, by its methods. */
final class BusName {

    private static final String BUS = "org.freedesktop.DBus";

    /** {@code DBUS_NAME_FLAG_DO_NOT_QUEUE} and {@code DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER} of the D-Bus specification. */
    private static final int DO_NOT_QUEUE = 4;

    private static final int PRIMARY_OWNER = 1;

    private final Calls bus;
    private final String name;

    BusName(EventLoop loop, DBusConnection connection, String name) {
        bus = new Calls(loop, connection, BUS, "/org/freedesktop/DBus");
        this.name = name;
    }

    /** The answer to be looked at with {@link #isOwned}. */
    GioFuture<Variant> request() {
        return bus.call(
                BUS, "RequestName", Variant.tuple(new Variant[] {Variant.string(name), Variant.uint32(DO_NOT_QUEUE)}));
    }

    static boolean isOwned(Variant answer) {
        return answer.getChildValue(0).getUint32() == PRIMARY_OWNER;
    }

    GioFuture<Variant> release() {
        return bus.call(BUS, "ReleaseName", Variant.tuple(new Variant[] {Variant.string(name)}));
    }
}
