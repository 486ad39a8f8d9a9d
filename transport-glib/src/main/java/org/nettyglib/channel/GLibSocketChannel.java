package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibTransport;

/**
 * A TCP connection on a GLib event loop. Options: those of {@link SocketChannelConfig} and {@link GLibChannelOption}.
 */
public final class GLibSocketChannel extends AbstractSocketStreamChannel implements SocketChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final StreamConfig config;

    /**
     * A new, unconnected channel for IPv6 and IPv4, or IPv4 alone where {@code java.net.preferIPv4Stack} is set.
     */
    public GLibSocketChannel() {
        this(LinuxSocket.newSocketStream(), false);
    }

    /**
     * A new, unconnected channel of the given family.
     *
     * @param family {@link SocketProtocolFamily#INET} or {@link SocketProtocolFamily#INET6}
     */
    public GLibSocketChannel(SocketProtocolFamily family) {
        this(LinuxSocket.newSocketStream(family), false);
    }

    /**
     * Takes an open, non-blocking TCP socket over. It is active if it is connected.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     */
    public GLibSocketChannel(int fd) {
        this(new Socket(fd));
    }

    private GLibSocketChannel(Socket socket) {
        this(socket, isConnected(socket, AddressFamily.INET));
    }

    private GLibSocketChannel(Socket socket, boolean active) {
        super(socket, AddressFamily.INET, active);
        config = StreamConfig.ofTcp(this, null);
    }

    GLibSocketChannel(GLibServerSocketChannel parent, Socket socket, InetSocketAddress remote) {
        super(parent, socket, AddressFamily.INET, remote);
        config = StreamConfig.ofTcp(this, parent);
    }

    @Override
    public SocketChannelConfig config() {
        return config;
    }

    @Override
    StreamConfig settings() {
        return config;
    }

    @Override
    public @Nullable ServerSocketChannel parent() {
        return (ServerSocketChannel) super.parent();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    /**
     * Asks the kernel what it knows of this connection. From any thread.
     *
     * @return a snapshot
     * @throws ChannelException if the channel is closed
     */
    public GLibTcpInfo tcpInfo() {
        try {
            return GLibTcpInfo.of(socket);
        } catch (IOException e) {
            throw new ChannelException("cannot read TCP_INFO of " + this, e);
        }
    }

    @Override
    boolean connectSocket(SocketAddress to) throws IOException {
        if (config.isFastOpenConnect()) {
            sendWithConnect((InetSocketAddress) to);
            if (!isOpen()) {
                // Closed by who was told that the data was sent.
                throw new ClosedChannelException();
            }
        }
        return super.connectSocket(to);
    }

    /**
     * TCP fast open: the first data goes with the SYN, if the kernel has a cookie of that server. If not, it has started
     * a plain connect. Either way the connect(2) that follows says that it is in progress, and its end is waited for.
     */
    private void sendWithConnect(InetSocketAddress to) throws IOException {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        if (out == null) {
            return;
        }
        out.addFlush();
        if (out.current() instanceof ByteBuf data && data.isReadable()) {
            int sent = send(data, to);
            if (sent > 0) {
                out.removeBytes(sent);
            }
        }
    }

    private int send(ByteBuf data, InetSocketAddress to) throws IOException {
        if (data.hasMemoryAddress()) {
            return socket.sendToAddress(
                    data.memoryAddress(), data.readerIndex(), data.writerIndex(), to.getAddress(), to.getPort(), true);
        }
        if (data.nioBufferCount() > 1) {
            IovArray array = emptyIovArray();
            array.add(data, data.readerIndex(), data.readableBytes());
            return socket.sendToAddresses(array.memoryAddress(0), array.count(), to.getAddress(), to.getPort(), true);
        }
        ByteBuffer nio = data.internalNioBuffer(data.readerIndex(), data.readableBytes());
        return socket.sendTo(nio, nio.position(), nio.limit(), to.getAddress(), to.getPort(), true);
    }

    @Override
    protected SocketUnsafe newUnsafe() {
        return new TcpUnsafe();
    }

    private final class TcpUnsafe extends SocketUnsafe {
        /**
         * A close that lingers blocks: it happens outside of the loop, which forgets the descriptor first so that it
         * does not spin meanwhile (netty #4449).
         */
        @Override
        protected @Nullable Executor prepareToClose() {
            try {
                if (isOpen() && config.getSoLinger() > 0) {
                    cancelRegistration();
                    return GlobalEventExecutor.INSTANCE;
                }
            } catch (ChannelException ignored) {
                // Closed in the meantime: nothing lingers.
            }
            return null;
        }
    }
}
