package org.nettyglib.examples.dbus;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.DBusConnection;
import org.gnome.glib.Variant;
import org.nettyglib.gio.GioFuture;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * A service and its client on one bus, in one thread. The service answers after a tenth of a second, by a timer of Netty's: it
 * could as well be a request of a Netty client.
 *
 * <p>With {@code --serve} as the second argument it stays until it is killed, for {@code gdbus call} and others.
 */
public final class DBusDemo {

    static final String NAME = "org.nettyglib.Fetcher";

    private static final int MILLIS = 100;

    private final EventLoop loop;
    private final DBusConnection connection;

    private DBusDemo(EventLoop loop, DBusConnection connection) {
        this.loop = loop;
        this.connection = connection;
    }

    /**
     * Shows a call, a signal and a property.
     *
     * @param args the address of a bus; the session bus if there is none
     * @throws Exception if something fails
     */
    public static void main(String[] args) throws Exception {
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        EventLoop loop = group.next();
        try {
            GioFuture<DBusConnection> connecting = args.length == 0 ? Bus.session(loop) : Bus.at(loop, args[0]);
            DBusConnection connection = connecting.sync().getNow();
            connection.setExitOnClose(false);
            System.out.println("Connected as " + connection.getUniqueName());
            new DBusDemo(loop, connection).run(args.length > 1 && args[1].equals("--serve"));
            Bus.close(loop, connection).sync();
            System.out.println("Closed");
        } finally {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
        }
    }

    private void run(boolean serve) throws Exception {
        Fetcher fetcher = loop.submit(() -> Fetcher.export(connection, this::fetch))
                .sync()
                .getNow();
        BusName name = new BusName(loop, connection, NAME);
        if (!BusName.isOwned(name.request().sync().getNow())) {
            throw new IllegalStateException("somebody else owns the name " + NAME);
        }
        System.out.println("Serving as " + NAME);

        if (serve) {
            loop.terminationFuture().sync();
        } else {
            ask();
        }

        name.release().sync();
        loop.submit(fetcher::close).sync();
    }

    /** Somewhere else, this would be a request to a server. */
    private Future<String> fetch(String what) {
        return loop.schedule(() -> what.toUpperCase(Locale.ROOT), MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask() throws Exception {
        SignalFollower follower = loop.submit(() -> SignalFollower.follow(
                        connection,
                        Fetcher.INTERFACE,
                        Fetcher.SIGNAL,
                        what -> System.out.println(
                                "Signal " + what.print(false) + " in the event loop: " + loop.inEventLoop())))
                .sync()
                .getNow();
        Calls calls = new Calls(loop, connection, NAME, Fetcher.PATH);

        Variant what = Variant.tuple(new Variant[] {Variant.string("some text")});
        Variant content = calls.call(Fetcher.INTERFACE, "Fetch", what).sync().getNow();
        System.out.println("Fetch " + what.print(false) + " = " + content.print(false));

        Variant property = Variant.tuple(new Variant[] {Variant.string(Fetcher.INTERFACE), Variant.string("Fetched")});
        Variant count = calls.call("org.freedesktop.DBus.Properties", "Get", property)
                .sync()
                .getNow();
        System.out.println("Fetched = " + count.print(false));

        loop.submit(follower::close).sync();
    }
}
