package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.IPPROTO_IPV6;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.SocketAddresses;

/**
 * Joins and leaves multicast groups, of IPv4 and IPv6 alike: by the requests of RFC 3678 that do not depend on the
 * protocol. The numbers are of {@code linux/in.h}.
 */
enum MulticastMembership {
    JOIN(42, 46),
    LEAVE(45, 47),
    BLOCK(43, 43);

    /** {@code struct group_source_req} of {@code linux/in.h}: an interface's index, and two addresses, each aligned. */
    private static final int GROUP = 8;

    private static final int SOURCE = GROUP + SocketAddresses.SIZE;
    private static final int SIZE = SOURCE + SocketAddresses.SIZE;

    private final int ofGroup;
    private final int ofSource;

    MulticastMembership(int ofGroup, int ofSource) {
        this.ofGroup = ofGroup;
        this.ofSource = ofSource;
    }

    /**
     * Changes a membership.
     *
     * @param networkInterface null to have the kernel choose one
     * @param source null for all
     * @throws IOException if the group is none, was not joined, or was joined before, for example
     */
    void apply(
            Socket socket, InetAddress group, @Nullable NetworkInterface networkInterface, @Nullable InetAddress source)
            throws IOException {
        // Without its end it is a struct group_req.
        ByteBuffer request =
                ByteBuffer.allocateDirect(source == null ? SOURCE : SIZE).order(ByteOrder.nativeOrder());
        long address = Memory.address(request);
        request.putInt(0, networkInterface == null ? 0 : networkInterface.getIndex());
        SocketAddresses.putInet(address + GROUP, group, 0, false);
        if (source != null) {
            SocketAddresses.putInet(address + SOURCE, source, 0, false);
        }
        int level = group instanceof Inet4Address ? IPPROTO_IP : IPPROTO_IPV6;
        try {
            socket.setRawOpt(level, source == null ? ofGroup : ofSource, request);
        } catch (ChannelException e) {
            SocketException failure = new SocketException("cannot " + name().toLowerCase(Locale.ROOT) + " "
                    + group.getHostAddress() + " on " + (networkInterface == null ? "any" : networkInterface.getName())
                    + (source == null ? "" : " from " + source.getHostAddress()) + ": " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
