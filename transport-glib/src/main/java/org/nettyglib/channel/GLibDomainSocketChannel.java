package org.nettyglib.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.DomainSocketChannelConfig;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibTransport;

/**
 * A stream over a Unix domain socket. It connects to a {@link DomainSocketAddress}: a path, or an abstract name, which
 * begins with a zero byte.
 *
 * <p>A {@link FileDescriptor} that is written is passed to the peer, with one byte of data; it stays the caller's to
 * close, once the write has succeeded. With {@link DomainSocketReadMode#FILE_DESCRIPTORS} the descriptors of the peer are read instead of its bytes;
 * they are the reader's to close.
 *
 * <p>Options: {@link ChannelOption#ALLOW_HALF_CLOSURE}, {@link ChannelOption#SO_RCVBUF}, {@link ChannelOption#SO_SNDBUF},
 * {@link UnixChannelOption#DOMAIN_SOCKET_READ_MODE} and {@link GLibChannelOption#PRIORITY}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class GLibDomainSocketChannel extends AbstractSocketStreamChannel implements DomainSocketChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final StreamConfig config;

    /** A new, unconnected channel. */
    public GLibDomainSocketChannel() {
        this(LinuxSocket.newSocketDomain(), false);
    }

    /**
     * Takes an open, non-blocking Unix domain stream socket over. It is active if it is connected.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     */
    public GLibDomainSocketChannel(int fd) {
        this(new Socket(fd));
    }

    private GLibDomainSocketChannel(Socket socket) {
        this(socket, isConnected(socket, AddressFamily.UNIX));
    }

    private GLibDomainSocketChannel(Socket socket, boolean active) {
        super(socket, AddressFamily.UNIX, active);
        config = StreamConfig.ofUnix(this);
    }

    GLibDomainSocketChannel(GLibServerDomainSocketChannel parent, Socket socket) {
        super(parent, socket, AddressFamily.UNIX, AddressFamily.UNIX.remote(socket));
        config = StreamConfig.ofUnix(this);
    }

    @Override
    public DomainSocketChannelConfig config() {
        return config;
    }

    @Override
    StreamConfig settings() {
        return config;
    }

    @Override
    public @Nullable DomainSocketAddress localAddress() {
        return (DomainSocketAddress) super.localAddress();
    }

    @Override
    public @Nullable DomainSocketAddress remoteAddress() {
        return (DomainSocketAddress) super.remoteAddress();
    }

    /**
     * Asks the kernel who the peer is: for a client, who listened; for an accepted connection, who connected. From any
     * thread.
     *
     * @return the peer's process and user at that time
     * @throws IOException if the channel is closed
     */
    public GLibPeerCredentials peerCredentials() throws IOException {
        return GLibPeerCredentials.of(socket);
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        return message instanceof FileDescriptor ? message : super.filterOutboundMessage(message);
    }

    @Override
    String expectedMessages() {
        return super.expectedMessages() + ", FileDescriptor";
    }

    @Override
    boolean writeOther(ChannelOutboundBuffer in, Object message) throws IOException {
        if (!(message instanceof FileDescriptor passed)) {
            return super.writeOther(in, message);
        }
        if (!passed.isOpen()) {
            // Its number may be another's now.
            in.remove(new IOException("closed before it could be passed: " + passed));
            return true;
        }
        if (socket.sendFd(passed.intValue()) <= 0) {
            return false;
        }
        in.remove();
        return true;
    }

    @Override
    boolean connectSocket(SocketAddress to) throws IOException {
        try {
            return super.connectSocket(to);
        } catch (FileNotFoundException e) {
            // Netty's has no message.
            FileNotFoundException told = new FileNotFoundException("No such file or directory: " + to);
            told.initCause(e);
            throw told;
        }
    }

    @Override
    protected SocketUnsafe newUnsafe() {
        return new DomainUnsafe();
    }

    private final class DomainUnsafe extends SocketUnsafe {
        private final MessageReader descriptors =
                new MessageReader(GLibDomainSocketChannel.this, this, this::nextDescriptor);
        private boolean ended;

        @Override
        void readReady() {
            if (config.getReadMode() == DomainSocketReadMode.BYTES) {
                super.readReady();
                return;
            }
            descriptors.read();
            if (ended) {
                shutdownInput(true);
            }
        }

        private @Nullable FileDescriptor nextDescriptor() throws IOException {
            int fd = socket.recvFd();
            ended = fd == -1;
            return fd > 0 ? new FileDescriptor(fd) : null;
        }
    }
}
