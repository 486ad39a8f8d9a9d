package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.IPPROTO_IPV6;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.nettyglib.ffi.SocketAddresses;

/**
 * The {@code int} options of setsockopt(2) that IPv4 and IPv6 have each for themselves. A socket of IPv6 may send and
 * receive both, so it is told both.
 *
 * <p>The numbers are of {@code linux/in.h} and {@code linux/in6.h}.
 */
enum IpOption {
    MULTICAST_TTL(33, 18),
    MULTICAST_LOOP(34, 19),
    MULTICAST_ALL(49, 29),
    RECVORIGDSTADDR(20, 74),
    MTU_DISCOVER(10, 23),
    MTU(14, 24);

    private final int inet;
    private final int inet6;

    IpOption(int inet, int inet6) {
        this.inet = inet;
        this.inet6 = inet6;
    }

    static boolean isInet6(Socket socket) throws IOException {
        return socket.getIntOpt(OptionTable.SOL_SOCKET, OptionTable.SO_DOMAIN) == SocketAddresses.AF_INET6;
    }

    int get(Socket socket) throws IOException {
        return isInet6(socket) ? socket.getIntOpt(IPPROTO_IPV6, inet6) : socket.getIntOpt(IPPROTO_IP, inet);
    }

    void set(Socket socket, int value) throws IOException {
        if (isInet6(socket)) {
            socket.setIntOpt(IPPROTO_IPV6, inet6, value);
        }
        socket.setIntOpt(IPPROTO_IP, inet, value);
    }
}
