package org.nettyglib.benchmarks.gio;

import java.util.Objects;
import org.gnome.gio.InetAddress;
import org.gnome.gio.InetSocketAddress;
import org.gnome.gio.Socket;
import org.gnome.gio.SocketAddress;
import org.gnome.gio.SocketClient;
import org.gnome.gio.SocketConnection;
import org.gnome.gio.SocketFamily;
import org.gnome.gio.SocketListener;
import org.gnome.gio.SocketProtocol;
import org.gnome.gio.SocketType;
import org.javagi.base.GErrorException;
import org.javagi.base.Out;

/** Makes TCP connections of GIO's, both ends of which are in this process. */
final class ConnectionPairs {

    // netinet/in.h and netinet/tcp.h
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;

    private final SocketListener listener = new SocketListener();
    private final SocketClient client = new SocketClient();
    private final SocketAddress address;

    /** The two ends of a connection. */
    record Pair(SocketConnection here, SocketConnection there) {}

    ConnectionPairs() throws GErrorException {
        SocketAddress anyPort = new InetSocketAddress(InetAddress.loopback(SocketFamily.IPV4), (short) 0);
        Out<SocketAddress> effective = new Out<>();
        listener.addAddress(anyPort, SocketType.STREAM, SocketProtocol.DEFAULT, null, effective);
        address = Objects.requireNonNull(effective.get());
    }

    Pair connect() throws GErrorException {
        SocketConnection here = client.connect(address, null);
        return new Pair(withoutDelay(here), withoutDelay(listener.accept(null, null)));
    }

    private static SocketConnection withoutDelay(SocketConnection connection) throws GErrorException {
        Socket socket = connection.getSocket();
        socket.setOption(IPPROTO_TCP, TCP_NODELAY, 1);
        return connection;
    }
}
