package org.nettyglib.peer;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Addresses of Netty's as other programs write them. */
final class Addresses {
    private Addresses() {}

    static String host(SocketAddress address) {
        return ((InetSocketAddress) address).getAddress().getHostAddress();
    }

    static String port(SocketAddress address) {
        return Integer.toString(((InetSocketAddress) address).getPort());
    }

    static String path(SocketAddress address) {
        return ((DomainSocketAddress) address).path();
    }
}
