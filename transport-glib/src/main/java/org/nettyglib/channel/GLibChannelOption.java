package org.nettyglib.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannelOption;

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

    @SuppressWarnings({"unused", "deprecation"})
    private GLibChannelOption() {}
}
