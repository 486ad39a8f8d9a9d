package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramChannelConfig;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.MessageBatch;
import org.nettyglib.ffi.SocketAddresses;
import org.nettyglib.loop.GLibTransport;

/**
 * Datagrams over a Unix domain socket. It reads {@link DomainDatagramPacket}s and writes them, any
 * {@link AddressedEnvelope} of a {@link ByteBuf} and a {@link DomainSocketAddress}, and, connected, a {@code ByteBuf}. An
 * address is a path, or an abstract name, which begins with a zero byte. The sender of a packet has an empty path if its
 * socket was not bound.
 *
 * <p>No datagram is lost: while the receiver has no room, what was flushed waits. One that is longer than the buffer for
 * it is cut off, as {@link GLibTruncatedDatagram} says.
 *
 * <p>Options: {@link ChannelOption#SO_SNDBUF}, {@link ChannelOption#DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION} and
 * {@link GLibChannelOption#PRIORITY}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class GLibDomainDatagramChannel extends AbstractDatagramChannel implements DomainDatagramChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final DatagramConfig config = DatagramConfig.ofUnix(this);

    /** A new channel, neither bound nor connected. */
    public GLibDomainDatagramChannel() {
        super(LinuxSocket.newSocketDomainDgram(), AddressFamily.UNIX, false);
    }

    /**
     * Takes an open, non-blocking Unix domain datagram socket over, which is active at once.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     */
    public GLibDomainDatagramChannel(int fd) {
        super(new Socket(fd), AddressFamily.UNIX, true);
    }

    @Override
    public DomainDatagramChannelConfig config() {
        return config;
    }

    @Override
    DatagramConfig settings() {
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
     * Asks the kernel who made the pair of sockets that this one is of; others know no peer. From any thread.
     *
     * @return the process and user at that time
     * @throws IOException if the channel is closed
     */
    public GLibPeerCredentials peerCredentials() throws IOException {
        return GLibPeerCredentials.of(socket);
    }

    /** Descriptors could be passed, and nobody would close them. */
    @Override
    boolean takesControlMessages() {
        return false;
    }

    @Override
    void unpack(MessageBatch batch, int index, ByteBuf content, Deque<Object> packets) {
        packets.add(new DomainDatagramPacket(
                content,
                (DomainSocketAddress) recipient(),
                new DomainSocketAddress(SocketAddresses.getUnix(batch.name(index), batch.nameLength(index)))));
    }

    @Override
    boolean isRecipient(Object address) {
        if (!(address instanceof DomainSocketAddress domain)) {
            return false;
        }
        SocketAddresses.requireUnixPath(domain.path());
        return true;
    }

    @Override
    int putAddress(long at, SocketAddress recipient) {
        return SocketAddresses.putUnix(at, ((DomainSocketAddress) recipient).path());
    }

    @Override
    String expectedMessages() {
        return "DomainDatagramPacket, AddressedEnvelope<ByteBuf, DomainSocketAddress>, ByteBuf";
    }
}
