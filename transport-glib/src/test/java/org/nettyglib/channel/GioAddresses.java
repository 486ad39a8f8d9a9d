package org.nettyglib.channel;

import java.net.SocketAddress;
import org.gnome.gio.InetAddress;
import org.gnome.gio.InetSocketAddress;
import org.gnome.gio.SocketClient;
import org.gnome.gio.SocketConnection;
import org.javagi.base.GErrorException;

/** Addresses as GIO has them, and connections to them. */
final class GioAddresses {
    private GioAddresses() {}

    static InetSocketAddress of(SocketAddress address) {
        java.net.InetSocketAddress inet = (java.net.InetSocketAddress) address;
        return new InetSocketAddress(
                InetAddress.fromString(inet.getAddress().getHostAddress()), (short) inet.getPort());
    }

    /** A connection of GIO's, made while the calling thread waits. */
    static SocketConnection connect(SocketAddress address) throws GErrorException {
        SocketClient client = new SocketClient();
        client.setEnableProxy(false);
        return client.connect(of(address), null);
    }
}
