package org.nettyglib.channel;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioSockets;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.Memory;

/**
 * The socket that a stream of GIO leads to. It is the stream's, and good as long as that.
 *
 * @param address of the {@code GSocket}
 * @param tls the {@code GTlsConnection} in between, or 0
 */
record GioSocket(long address, long tls) {
    private static final long BASE_IO_STREAM = Memory.immortalString("base-io-stream");

    /** Null if there is none, as for the pipes of a process. */
    static @Nullable GioSocket of(long stream) {
        if (isA(stream, LibGioSockets.g_tcp_wrapper_connection_get_type())) {
            return of(LibGioSockets.g_tcp_wrapper_connection_get_base_io_stream(stream));
        }
        if (isA(stream, LibGioSockets.g_tls_connection_get_type())) {
            GioSocket below = of(baseOfTls(stream));
            return below == null ? null : new GioSocket(below.address, stream);
        }
        if (isA(stream, LibGioSockets.g_socket_connection_get_type())) {
            return new GioSocket(LibGioSockets.g_socket_connection_get_socket(stream), 0);
        }
        return null;
    }

    private static boolean isA(long object, long type) {
        return LibGobject.g_type_check_instance_is_a(object, type);
    }

    private static long baseOfTls(long connection) {
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(Long.BYTES, Long.BYTES).address();
            LibGioSockets.g_object_get(connection, BASE_IO_STREAM, value, 0);
            long base = Memory.getLong(value);
            // The connection has it as long as it lives.
            LibGobject.g_object_unref(base);
            return base;
        }
    }

    /** Whether there is TLS in between. */
    boolean secured() {
        return tls != 0;
    }

    @Nullable SocketAddress localAddress() {
        return family().local(socket());
    }

    @Nullable SocketAddress remoteAddress() {
        return family().remote(socket());
    }

    /** Only to ask: GIO closes it. */
    private Socket socket() {
        return new Socket(LibGioSockets.g_socket_get_fd(address));
    }

    private AddressFamily family() {
        return LibGioSockets.g_socket_get_family(address) == LibGioSockets.G_SOCKET_FAMILY_UNIX
                ? AddressFamily.UNIX
                : AddressFamily.INET;
    }

    /**
     * Ends a handshake of TLS that the peer has not answered, before the connection is closed. The close waits for the
     * handshake then, and finds it ended; glib-networking keeps a connection that was closed without this for ever, because
     * the task of its handshake refers to it. The peer misses nothing: it has no session that could be ended by TLS.
     */
    void endHandshake() {
        if (secured()
                && LibGioSockets.g_tls_connection_get_protocol_version(tls)
                        == LibGioSockets.G_TLS_PROTOCOL_VERSION_UNKNOWN) {
            LibGioSockets.g_socket_shutdown(address, true, true, 0);
        }
    }

    /** Closes what GIO may have left open. It does not wait. */
    void close() {
        // The thread of a handshake may still wait for the socket, and would keep it open.
        LibGioSockets.g_socket_shutdown(address, true, true, 0);
        LibGioSockets.g_socket_close(address, 0);
    }

    /**
     * Shuts one direction or both.
     *
     * @throws NotYetConnectedException if there is no connection, or no more
     */
    void shutdown(boolean input, boolean output) throws IOException {
        ErrorSlot slot = ErrorSlot.get();
        LibGioSockets.g_socket_shutdown(address, input, output, slot.address());
        try {
            slot.check();
        } catch (GErrorException e) {
            if (GioErrors.isNotConnected(e)) {
                NotYetConnectedException told = new NotYetConnectedException();
                told.initCause(e);
                throw told;
            }
            throw GioErrors.toException(e);
        }
    }
}
