package org.nettyglib.channel;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGioSockets;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.SocketAddresses;

/** Makes a socket and connects it, by a {@code GSocketClient}. */
final class GioConnect {
    /** What comes of it, on the loop that the channel is on by then. */
    interface Done {
        /** @param connection a {@code GSocketConnection}, which belongs to who is told; 0 if there is an error */
        void done(long connection, @Nullable IOException failure);
    }

    private final GioCall call;

    GioConnect(GioEndpoint endpoint, Done done) {
        call = endpoint.newCall(
                LibGioSockets::g_socket_client_connect_finish,
                (connection, failure) -> done.done(connection, of(failure)));
    }

    private static @Nullable IOException of(@Nullable GErrorException failure) {
        return failure == null ? null : GioErrors.toException(failure);
    }

    void start(SocketAddress to, @Nullable SocketAddress from) {
        long remote = newAddress(to);
        long local = 0;
        try {
            local = from == null ? 0 : newAddress(from);
        } catch (RuntimeException e) {
            LibGobject.g_object_unref(remote);
            throw e;
        }
        long client = LibGioSockets.g_socket_client_new();
        // A proxy is not looked for: that asks the desktop's settings, and blocks.
        LibGioSockets.g_socket_client_set_enable_proxy(client, false);
        if (local != 0) {
            LibGioSockets.g_socket_client_set_local_address(client, local);
            LibGobject.g_object_unref(local);
        }
        call.start((priority, cancellable, callback, userData) ->
                LibGioSockets.g_socket_client_connect_async(client, remote, cancellable, callback, userData));
        LibGobject.g_object_unref(remote);
        LibGobject.g_object_unref(client);
    }

    void cancel() {
        call.cancel();
    }

    private static long newAddress(SocketAddress address) {
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocate(SocketAddresses.SIZE, Long.BYTES).address();
            int length = switch (address) {
                case InetSocketAddress inet -> SocketAddresses.putInet(at, inet.getAddress(), inet.getPort(), false);
                case DomainSocketAddress unix -> SocketAddresses.putUnix(at, unix.path());
                default -> throw new UnsupportedAddressTypeException();
            };
            return LibGioSockets.g_socket_address_new_from_native(at, length);
        }
    }
}
