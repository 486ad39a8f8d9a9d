package org.nettyglib.channel;

import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;

/**
 * A network interface that can do multicast, this host's address on it, and a group. What is sent to the group stays on
 * this host: by its hop limit of 0 for IPv4, by its scope for IPv6.
 */
record MulticastNetwork(NetworkInterface networkInterface, InetAddress own, InetAddress group) {
    private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.77");
    private static final InetAddress GROUP_6 = InetAddress.ofLiteral("ff01::7777");

    static MulticastNetwork find(boolean inet6) throws IOException {
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) {
                for (InetAddress own : each.inetAddresses().toList()) {
                    if (own instanceof Inet4Address != inet6 && !own.isLinkLocalAddress()) {
                        return new MulticastNetwork(each, own, inet6 ? GROUP_6 : GROUP);
                    }
                }
            }
        }
        return abort("no network interface that does multicast has an address of IPv" + (inet6 ? 6 : 4));
    }

    Bootstrap sender(Bootstrap udp) {
        return udp.option(ChannelOption.IP_MULTICAST_IF, networkInterface).option(ChannelOption.IP_MULTICAST_TTL, 0);
    }

    /** An address that is not this host's. */
    InetAddress stranger() {
        return InetAddress.ofLiteral(own instanceof Inet4Address ? "192.0.2.99" : "2001:db8::99");
    }
}
