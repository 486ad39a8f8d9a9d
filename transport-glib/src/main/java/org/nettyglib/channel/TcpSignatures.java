package org.nettyglib.channel;

import io.netty.channel.unix.Socket;
import io.netty.util.internal.ObjectUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.SocketAddresses;

/**
 * The keys that sign the segments of a connection, or of those that a server accepts.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7), TCP_MD5SIG</a>
 */
final class TcpSignatures {
    /** {@code linux/tcp.h}: TCP_MD5SIG. */
    private static final int TCP_MD5SIG = 14;

    /** {@code linux/tcp.h}: TCP_MD5SIG_MAXKEYLEN. */
    private static final int MAX_KEY_LENGTH = 80;

    // linux/tcp.h: struct tcp_md5sig, which begins with a struct sockaddr_storage of 128 bytes.
    private static final int KEY_LENGTH_OFFSET = 130;
    private static final int KEY_OFFSET = 136;
    private static final int SIZE = KEY_OFFSET + MAX_KEY_LENGTH;

    private Set<InetAddress> peers;

    TcpSignatures() {
        this(Set.of());
    }

    private TcpSignatures(Set<InetAddress> peers) {
        this.peers = peers;
    }

    /** What an accepted connection has inherited. */
    synchronized TcpSignatures copy() {
        return new TcpSignatures(peers);
    }

    /** Who has a key. Nobody tells the keys. */
    synchronized Map<InetAddress, byte[]> peers() {
        return peers.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), peer -> new byte[0]));
    }

    /** Replaces all keys. */
    synchronized void set(Socket socket, Map<InetAddress, byte[]> keys) throws IOException {
        boolean ipv6 = IpOption.isInet6(socket);
        keys.forEach((peer, key) -> {
            ObjectUtil.checkNotNull(peer, "peer");
            ObjectUtil.checkNotNull(key, "key of " + peer);
            ObjectUtil.checkInRange(key.length, 1, MAX_KEY_LENGTH, "length of the key of " + peer);
            if (peer instanceof Inet6Address && !ipv6) {
                throw new IllegalArgumentException("a socket of IPv4 has no such peer: " + peer);
            }
        });
        // The kernel may refuse any of them, and has the others nevertheless.
        Set<InetAddress> known = new HashSet<>(peers);
        try {
            for (InetAddress peer : peers) {
                if (!keys.containsKey(peer)) {
                    set(socket, ipv6, peer, new byte[0]);
                    known.remove(peer);
                }
            }
            for (Map.Entry<InetAddress, byte[]> entry : keys.entrySet()) {
                set(socket, ipv6, entry.getKey(), entry.getValue());
                known.add(entry.getKey());
            }
        } finally {
            peers = Set.copyOf(known);
        }
    }

    private static void set(Socket socket, boolean ipv6, InetAddress peer, byte[] key) throws IOException {
        ByteBuffer struct = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
        SocketAddresses.putInet(Memory.address(struct), peer, 0, ipv6);
        struct.putShort(KEY_LENGTH_OFFSET, (short) key.length);
        struct.put(KEY_OFFSET, key);
        socket.setRawOpt(OptionTable.IPPROTO_TCP, TCP_MD5SIG, struct);
    }
}
