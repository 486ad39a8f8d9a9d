package org.nettyglib.channel;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Who is at the other end of a Unix domain socket, as the kernel saw it when the connection was made.
 *
 * @param pid the process
 * @param uid the effective user
 * @param gid the effective group
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERCRED</a>
 */
public record GLibPeerCredentials(int pid, int uid, int gid) {
    /** {@code asm-generic/socket.h}: SO_PEERCRED. */
    private static final int SO_PEERCRED = 17;

    static GLibPeerCredentials of(Socket socket) throws IOException {
        // sys/socket.h: struct ucred.
        ByteBuffer struct = ByteBuffer.allocate(3 * Integer.BYTES).order(ByteOrder.nativeOrder());
        socket.getRawOpt(OptionTable.SOL_SOCKET, SO_PEERCRED, struct);
        return new GLibPeerCredentials(struct.getInt(0), struct.getInt(4), struct.getInt(8));
    }
}
