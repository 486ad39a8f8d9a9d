package org.nettyglib.channel;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.SocketAddresses;

/**
 * The peers that a channel has heard of lately: the same bytes become the same object, so that a datagram of a known
 * peer costs no new address.
 */
final class InetPeers {
    /** A power of two. */
    private static final int SIZE = 16;

    /** Spreads what is in the bits of an address and a port over the upper bits of a product. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final @Nullable Peer[] peers = new Peer[SIZE];

    /** A {@code struct sockaddr_in}, of which only the first word says something, or a {@code struct sockaddr_in6}. */
    private record Peer(long first, long second, long third, int scope, InetSocketAddress address) {
        boolean is(long first, long second, long third, int scope) {
            return this.first == first && this.second == second && this.third == third && this.scope == scope;
        }
    }

    /** Reads a socket address of the kernel's. */
    InetSocketAddress get(long at) {
        long first = Memory.getLong(at);
        long second = 0;
        long third = 0;
        int scope = 0;
        if (Memory.getShort(at) == SocketAddresses.AF_INET6) {
            second = Memory.getLong(at + Long.BYTES);
            third = Memory.getLong(at + 2 * Long.BYTES);
            scope = Memory.getInt(at + 3 * Long.BYTES);
        }
        int place = (int) ((first ^ second ^ third) * SPREAD >>> Integer.SIZE) & SIZE - 1;
        Peer peer = peers[place];
        if (peer == null || !peer.is(first, second, third, scope)) {
            peer = new Peer(first, second, third, scope, SocketAddresses.getInet(at));
            peers[place] = peer;
        }
        return peer.address;
    }
}
