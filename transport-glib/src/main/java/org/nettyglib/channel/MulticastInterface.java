package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.IPPROTO_IPV6;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The network interface that a socket sends multicasts through: one for IPv4, one for IPv6, both set together. */
final class MulticastInterface {
    /** {@code linux/in.h}. */
    private static final int IP_MULTICAST_IF = 32;

    /** {@code linux/in6.h}. */
    private static final int IPV6_MULTICAST_IF = 17;

    private MulticastInterface() {}

    /** Null if the kernel chooses. */
    static @Nullable NetworkInterface get(Socket socket) throws IOException {
        if (IpOption.isInet6(socket)) {
            int index = socket.getIntOpt(IPPROTO_IPV6, IPV6_MULTICAST_IF);
            return index == 0 ? null : NetworkInterface.getByIndex(index);
        }
        InetAddress address = inetAddress(socket);
        return address.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(address);
    }

    /** The kernel knows the interface of IPv4 by its address only. */
    private static InetAddress inetAddress(Socket socket) throws IOException {
        ByteBuffer address = ByteBuffer.allocate(Integer.BYTES);
        socket.getRawOpt(IPPROTO_IP, IP_MULTICAST_IF, address);
        return InetAddress.getByAddress(address.array());
    }

    static void set(Socket socket, NetworkInterface networkInterface) throws IOException {
        set(
                socket,
                networkInterface,
                networkInterface
                        .inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .findFirst()
                        .orElse(null));
    }

    private static void set(Socket socket, NetworkInterface networkInterface, @Nullable InetAddress inetAddress)
            throws IOException {
        int index = networkInterface.getIndex();
        if (IpOption.isInet6(socket)) {
            socket.setIntOpt(IPPROTO_IPV6, IPV6_MULTICAST_IF, index);
        }
        // struct ip_mreqn { struct in_addr imr_multiaddr; struct in_addr imr_address; int imr_ifindex; }
        ByteBuffer request = ByteBuffer.allocate(3 * Integer.BYTES).order(ByteOrder.nativeOrder());
        if (inetAddress != null) {
            request.put(Integer.BYTES, inetAddress.getAddress());
        }
        socket.setRawOpt(IPPROTO_IP, IP_MULTICAST_IF, request.putInt(2 * Integer.BYTES, index));
    }

    static @Nullable InetAddress getAddress(Socket socket) throws IOException {
        InetAddress address = inetAddress(socket);
        if (!address.isAnyLocalAddress()) {
            return address;
        }
        NetworkInterface networkInterface = get(socket);
        return networkInterface == null
                ? null
                : networkInterface.inetAddresses().findFirst().orElse(null);
    }

    static void setAddress(Socket socket, InetAddress address) throws IOException {
        NetworkInterface networkInterface = NetworkInterface.getByInetAddress(address);
        if (networkInterface == null) {
            throw new SocketException("no network interface has the address " + address);
        }
        if (address instanceof Inet4Address) {
            set(socket, networkInterface, address);
        } else {
            set(socket, networkInterface);
        }
    }
}
