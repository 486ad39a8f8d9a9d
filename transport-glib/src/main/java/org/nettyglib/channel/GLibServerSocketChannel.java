package org.nettyglib.channel;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;
import org.nettyglib.loop.GLibTransport;

/**
 * Accepts TCP connections on a GLib event loop. Options: those of {@link ServerSocketChannelConfig} and
 * {@link GLibChannelOption}.
 */
public final class GLibServerSocketChannel extends AbstractGLibChannel implements ServerSocketChannel {
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
        super(null, socket, active, GLibIoOps.NONE);
        config = new ServerConfig(this);
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
    protected void doBind(SocketAddress address) throws Exception {
        super.doBind(address);
        config.beforeListen();
        socket.listen(config.getBacklog());
        activate();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        throw new UnsupportedOperationException("a server channel writes nothing");
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        throw new UnsupportedOperationException("a server channel writes nothing");
    }

    @Override
    protected GLibUnsafe newUnsafe() {
        return new AcceptUnsafe();
    }

    private final class AcceptUnsafe extends GLibUnsafe {
        /** The longest address in Netty's form, and its length in front. */
        private final byte[] peer = new byte[1 + 24];

        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("a server channel does not connect"));
        }

        @Override
        void readReady() {
            if (nothingToRead()) {
                stopReading();
                return;
            }
            RecvHandle handle = recvBufAllocHandle();
            handle.reset(config);
            ChannelPipeline pipeline = pipeline();
            Throwable failure = null;
            try {
                do {
                    handle.attemptedBytesRead(1);
                    int fd = socket.accept(peer);
                    if (fd == -1) {
                        handle.lastBytesRead(-1);
                        break;
                    }
                    // One of one: there may be more.
                    handle.lastBytesRead(1);
                    handle.incMessagesRead(1);
                    readPending = false;
                    pipeline.fireChannelRead(child(fd));
                } while (!nothingToRead() && handle.continueReading());
            } catch (Throwable t) {
                // No descriptor left, for example: the server stays open, and ServerBootstrap has it pause.
                failure = t;
            }
            try {
                handle.readComplete();
                pipeline.fireChannelReadComplete();
                if (failure != null) {
                    pipeline.fireExceptionCaught(failure);
                }
            } finally {
                if (shouldStopReading()) {
                    stopReadingIfIdle();
                }
            }
        }

        private GLibSocketChannel child(int fd) throws IOException {
            Socket child = new Socket(fd);
            try {
                return new GLibSocketChannel(
                        GLibServerSocketChannel.this, child, NativeInetAddress.address(peer, 1, peer[0]));
            } catch (RuntimeException e) {
                child.close();
                throw e;
            }
        }
    }
}
