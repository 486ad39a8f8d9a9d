package org.nettyglib.channel;

import java.net.SocketAddress;
import org.gnome.gio.InetAddress;
import org.gnome.gio.InetSocketAddress;

/** Addresses as GIO has them. */
final class GioAddresses {
    private GioAddresses() {}

    static InetSocketAddress of(SocketAddress address) {
        java.net.InetSocketAddress inet = (java.net.InetSocketAddress) address;
        return new InetSocketAddress(
                InetAddress.fromString(inet.getAddress().getHostAddress()), (short) inet.getPort());
    }
}
