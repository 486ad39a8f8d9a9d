package org.nettyglib.channel;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** How a socket names itself and its peer. */
enum AddressFamily {
    /** Host and port. */
    INET {
        @Override
        @Nullable SocketAddress local(Socket socket) {
            return socket.localAddress();
        }

        @Override
        @Nullable SocketAddress remote(Socket socket) {
            return socket.remoteAddress();
        }

        @Override
        @Nullable SocketAddress bound(Socket socket, SocketAddress requested) {
            return socket.localAddress();
        }

        @Override
        @Nullable SocketAddress connected(Socket socket, SocketAddress requested) {
            // Keeps the name that the user has looked up.
            return UnixChannelUtil.computeRemoteAddr((InetSocketAddress) requested, socket.remoteAddress());
        }
    },

    /** A path, or an abstract name, which begins with a zero byte. */
    UNIX {
        @Override
        void bind(Socket socket, SocketAddress address) throws IOException {
            if (address instanceof DomainSocketAddress unix) {
                SocketFile.requireNoOtherFile(unix);
            }
            super.bind(socket, address);
        }

        @Override
        @Nullable SocketAddress local(Socket socket) {
            return socket.localDomainSocketAddress();
        }

        @Override
        @Nullable SocketAddress remote(Socket socket) {
            return socket.remoteDomainSocketAddress();
        }

        @Override
        @Nullable SocketAddress bound(Socket socket, SocketAddress requested) {
            // Without a path, the kernel has chosen an abstract name.
            return ((DomainSocketAddress) requested).path().isEmpty() ? local(socket) : requested;
        }

        @Override
        @Nullable SocketAddress connected(Socket socket, SocketAddress requested) {
            return requested;
        }
    };

    /** Gives a socket its address. */
    void bind(Socket socket, SocketAddress address) throws IOException {
        socket.bind(address);
    }

    /** The address that the kernel knows of the socket, or null if it has none. */
    abstract @Nullable SocketAddress local(Socket socket);

    /** The address that the kernel knows of the peer, or null if there is none. */
    abstract @Nullable SocketAddress remote(Socket socket);

    /** The address of a socket that was just bound. */
    abstract @Nullable SocketAddress bound(Socket socket, SocketAddress requested);

    /** The address of the peer that a socket was just connected to. */
    abstract @Nullable SocketAddress connected(Socket socket, SocketAddress requested);
}
