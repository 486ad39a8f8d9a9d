package org.nettyglib.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetAddress;
import java.util.Map;

/**
 * The options of the GLib transport that are not in {@link ChannelOption} or {@link UnixChannelOption}, under the names
 * they have in Netty's epoll transport.
 *
 * @param <T> the type of the option's value
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public final class GLibChannelOption<T> extends UnixChannelOption<T> {
    /**
     * The priority of the channel among GLib's sources: that of the loop unless set, and smaller numbers come first; 0 is
     * {@code G_PRIORITY_DEFAULT}, which is also what a channel answers that has none of its own. As long as a source of a higher priority is ready, the channel waits: 200
     * ({@code G_PRIORITY_DEFAULT_IDLE}) makes it wait for everybody else. May be set at any time; what is reported to the
     * channel from the loop's next iteration on follows it.
     *
     * @see <a href="https://docs.gtk.org/glib/main-loop.html">GLib's main loop</a>
     */
    public static final ChannelOption<Integer> PRIORITY = valueOf(GLibChannelOption.class, "PRIORITY");

    /** Holds partial frames back. */
    public static final ChannelOption<Boolean> TCP_CORK = valueOf(GLibChannelOption.class, "TCP_CORK");

    /** Bytes not sent yet above which the socket is not writable: 0 to 2³²-1. */
    public static final ChannelOption<Long> TCP_NOTSENT_LOWAT = valueOf(GLibChannelOption.class, "TCP_NOTSENT_LOWAT");

    /** Seconds of silence before the first keep-alive probe. */
    public static final ChannelOption<Integer> TCP_KEEPIDLE = valueOf(GLibChannelOption.class, "TCP_KEEPIDLE");

    /** Seconds between keep-alive probes. */
    public static final ChannelOption<Integer> TCP_KEEPINTVL = valueOf(GLibChannelOption.class, "TCP_KEEPINTVL");

    /** Keep-alive probes without an answer that end the connection. */
    public static final ChannelOption<Integer> TCP_KEEPCNT = valueOf(GLibChannelOption.class, "TCP_KEEPCNT");

    /** Milliseconds that sent data may stay unacknowledged before the connection ends; 0 for the system's default. */
    public static final ChannelOption<Integer> TCP_USER_TIMEOUT = valueOf(GLibChannelOption.class, "TCP_USER_TIMEOUT");

    /** Seconds that a connection may take to send its first data before it is accepted without. */
    public static final ChannelOption<Integer> TCP_DEFER_ACCEPT = valueOf(GLibChannelOption.class, "TCP_DEFER_ACCEPT");

    /** Acknowledges at once. The kernel may clear it by itself. */
    public static final ChannelOption<Boolean> TCP_QUICKACK = valueOf(GLibChannelOption.class, "TCP_QUICKACK");

    /** Microseconds to busy-poll a device queue when there is nothing to read. */
    public static final ChannelOption<Integer> SO_BUSY_POLL = valueOf(GLibChannelOption.class, "SO_BUSY_POLL");

    /** Allows to bind to an address that this host does not have, or not yet. */
    public static final ChannelOption<Boolean> IP_FREEBIND = valueOf(GLibChannelOption.class, "IP_FREEBIND");

    /** Leaves the choice of a port to connect when binding to an address with port 0. */
    public static final ChannelOption<Boolean> IP_BIND_ADDRESS_NO_PORT =
            valueOf(GLibChannelOption.class, "IP_BIND_ADDRESS_NO_PORT");

    /** Transparent proxying; needs CAP_NET_ADMIN. */
    public static final ChannelOption<Boolean> IP_TRANSPARENT = valueOf(GLibChannelOption.class, "IP_TRANSPARENT");

    /** Delivers datagrams of all multicast groups that any socket of this host has joined; off unless set. */
    public static final ChannelOption<Boolean> IP_MULTICAST_ALL = valueOf(GLibChannelOption.class, "IP_MULTICAST_ALL");

    /** Names the original destination of a redirected datagram as its recipient. */
    public static final ChannelOption<Boolean> IP_RECVORIGDSTADDR =
            valueOf(GLibChannelOption.class, "IP_RECVORIGDSTADDR");

    /** Path MTU discovery: the numbers of {@code IP_PMTUDISC_DONT} and so on in ip(7). */
    public static final ChannelOption<Integer> IP_MTU_DISCOVER = valueOf(GLibChannelOption.class, "IP_MTU_DISCOVER");

    /** Bytes of the path MTU, or null while the datagram channel is not connected. Cannot be set. */
    public static final ChannelOption<Integer> IP_MTU = valueOf(GLibChannelOption.class, "IP_MTU");

    /**
     * Bytes of the largest datagram that is expected. If positive, as many datagrams as buffers of this size fit into
     * the receive buffer are read with one system call.
     */
    public static final ChannelOption<Integer> MAX_DATAGRAM_PAYLOAD_SIZE =
            valueOf(GLibChannelOption.class, "MAX_DATAGRAM_PAYLOAD_SIZE");

    /** Lets the kernel join datagrams of one sender, which costs less; they are read one by one all the same. */
    public static final ChannelOption<Boolean> UDP_GRO = valueOf(GLibChannelOption.class, "UDP_GRO");

    /**
     * The keys (1 to 80 bytes) that sign the segments exchanged with each peer (RFC 2385). What is set replaces what was
     * set before. Reading it tells the peers, each with an empty key.
     */
    public static final ChannelOption<Map<InetAddress, byte[]>> TCP_MD5SIG =
            valueOf(GLibChannelOption.class, "TCP_MD5SIG");

    @SuppressWarnings({"unused", "deprecation"})
    private GLibChannelOption() {}
}
