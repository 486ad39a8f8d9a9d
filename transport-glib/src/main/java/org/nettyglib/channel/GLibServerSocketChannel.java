package org.nettyglib.channel;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibTransport;

/**
 * Accepts TCP connections on a GLib event loop. Options: those of {@link ServerSocketChannelConfig} and
 * {@link GLibChannelOption}.
 */
public final class GLibServerSocketChannel extends AbstractServerChannel implements ServerSocketChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final ServerConfig config;

    /**
     * A new, unbound channel for IPv6 and IPv4, or IPv4 alone where {@code java.net.preferIPv4Stack} is set.
     */
    public GLibServerSocketChannel() {
        this(LinuxSocket.newSocketStream(), false);
    }

    /**
     * A new, unbound channel of the given family.
     *
     * @param family {@link SocketProtocolFamily#INET} or {@link SocketProtocolFamily#INET6}
     */
    public GLibServerSocketChannel(SocketProtocolFamily family) {
        this(LinuxSocket.newSocketStream(family), false);
    }

    /**
     * Takes an open, non-blocking TCP socket over, for example one from a service manager. It is active: bound and
     * listening.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     */
    public GLibServerSocketChannel(int fd) {
        this(new Socket(fd), true);
    }

    private GLibServerSocketChannel(Socket socket, boolean active) {
        super(socket, AddressFamily.INET, active);
        config = ServerConfig.ofTcp(this);
    }

    @Override
    public ServerSocketChannelConfig config() {
        return config;
    }

    @Override
    ServerConfig settings() {
        return config;
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return null;
    }

    @Override
    GLibSocketChannel newChild(Socket child, byte[] address) {
        return new GLibSocketChannel(this, child, NativeInetAddress.address(address, 1, address[0]));
    }
}
