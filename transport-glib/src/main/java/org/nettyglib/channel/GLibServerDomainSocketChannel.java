package org.nettyglib.channel;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.ServerDomainSocketChannel;
import io.netty.channel.unix.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibTransport;

/**
 * Accepts connections on a Unix domain socket. Bind it to a {@link DomainSocketAddress}: a path, whose file is deleted
 * with the close, or an abstract name, which begins with a zero byte. As in Netty's other transports, a bind to the path
 * of a socket takes the path over, also if somebody listens there; a file of another kind makes it fail.
 *
 * <p>Options: {@link ChannelOption#SO_BACKLOG}, {@link ChannelOption#SO_RCVBUF}, {@link ChannelOption#SO_REUSEADDR} and
 * {@link GLibChannelOption#PRIORITY}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class GLibServerDomainSocketChannel extends AbstractServerChannel implements ServerDomainSocketChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final ServerConfig config;
    private @Nullable SocketFile file;

    /** A new, unbound channel. */
    public GLibServerDomainSocketChannel() {
        this(LinuxSocket.newSocketDomain(), false);
    }

    /**
     * Takes an open, non-blocking Unix domain socket over, for example one from a service manager. It is active: bound
     * and listening. Its path, if it has one, is not deleted.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     */
    public GLibServerDomainSocketChannel(int fd) {
        this(new Socket(fd), true);
    }

    private GLibServerDomainSocketChannel(Socket socket, boolean active) {
        super(socket, AddressFamily.UNIX, active);
        config = ServerConfig.ofUnix(this);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    ServerConfig settings() {
        return config;
    }

    @Override
    public @Nullable DomainSocketAddress localAddress() {
        return (DomainSocketAddress) super.localAddress();
    }

    @Override
    public @Nullable DomainSocketAddress remoteAddress() {
        return null;
    }

    @Override
    void bound(SocketAddress address) {
        file = SocketFile.of((DomainSocketAddress) address);
    }

    @Override
    protected void doClose() {
        SocketFile bound = file;
        file = null;
        try {
            if (bound != null) {
                bound.delete();
            }
        } finally {
            super.doClose();
        }
    }

    @Override
    GLibDomainSocketChannel newChild(Socket child, byte[] address) {
        return new GLibDomainSocketChannel(this, child);
    }
}
