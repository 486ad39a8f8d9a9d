package org.nettyglib.gio;

import java.lang.foreign.Arena;
import org.gnome.gio.Socket;
import org.javagi.base.GErrorException;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioSocketSend;

/** GIO's end of a pair of sockets. */
final class GioEnd {
    /** Keeps the {@code GSocket}, which its connection closes nevertheless. */
    private final Socket socket;

    GioEnd(Socket socket) {
        this.socket = socket;
    }

    /**
     * Has the other end of the pair be closed with something unread: a Unix domain socket then has an error for GIO, where it
     * would otherwise be at its end. On the other end's thread, right before it is closed.
     *
     * <p>GIO may use the socket at the same time on another thread. That is well unless it closes it just between the two calls
     * here, and yet another thread is given its number then.
     */
    void leaveUnread() {
        long address = socket.handle().address();
        if (LibGioSocketSend.g_socket_is_closed(address)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            ErrorSlot slot = ErrorSlot.get();
            LibGioSocketSend.g_socket_send_with_blocking(
                    address, arena.allocate(1).address(), 1, false, slot.address());
            slot.check();
        } catch (GErrorException ignored) {
            // It is full, so that something is unread, or shut.
        }
    }
}
