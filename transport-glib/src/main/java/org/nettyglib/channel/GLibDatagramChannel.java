package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.MessageBatch;
import org.nettyglib.ffi.SocketAddresses;
import org.nettyglib.loop.GLibTransport;

/**
 * UDP on a GLib event loop. It reads {@link DatagramPacket}s and writes them, {@link SegmentedDatagramPacket}s, any
 * {@link AddressedEnvelope} of a {@link ByteBuf} and an {@link InetSocketAddress}, and, connected, a {@code ByteBuf}.
 *
 * <p>Many datagrams go with one system call, both ways: all that was flushed, and what has come in up to the limit of
 * the {@link io.netty.channel.RecvByteBufAllocator}. One that is longer than the buffer for it (2048 bytes by default)
 * is cut off, as {@link GLibTruncatedDatagram} says. A handler that switches {@code autoRead} off is still given what the
 * same system call has read, 16 datagrams at the most unless {@link GLibChannelOption#MAX_DATAGRAM_PAYLOAD_SIZE} is set.
 *
 * <p>A connected channel that nobody listens to at the other end gets a {@link java.net.PortUnreachableException},
 * with its next write or read. The channel stays open.
 *
 * <p>Options: those of {@link DatagramChannelConfig} and {@link GLibChannelOption}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/udp.7.html">udp(7)</a>
 */
public final class GLibDatagramChannel extends AbstractDatagramChannel implements DatagramChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private static final InetAddress EVERYTHING = InetAddress.ofLiteral("::");

    private final DatagramConfig config = DatagramConfig.ofUdp(this);
    private final InetPeers peers = new InetPeers();
    private final boolean inet6;

    /**
     * A new channel for IPv6 and IPv4, or IPv4 alone where {@code java.net.preferIPv4Stack} is set; neither bound nor
     * connected.
     */
    public GLibDatagramChannel() {
        this(LinuxSocket.newSocketDgram(), false);
    }

    /**
     * A new channel of the given family, neither bound nor connected.
     *
     * @param family {@link SocketProtocolFamily#INET} or {@link SocketProtocolFamily#INET6}; null for the default
     */
    public GLibDatagramChannel(@Nullable SocketProtocolFamily family) {
        this(family == null ? LinuxSocket.newSocketDgram() : LinuxSocket.newSocketDgram(family), false);
    }

    /**
     * Takes an open, non-blocking UDP socket over, which is active at once.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     */
    public GLibDatagramChannel(int fd) {
        this(new Socket(fd), true);
    }

    private GLibDatagramChannel(Socket socket, boolean active) {
        super(socket, AddressFamily.INET, active);
        try {
            inet6 = IpOption.isInet6(socket);
        } catch (IOException e) {
            throw new ChannelException("not a UDP socket: " + socket, e);
        }
    }

    /**
     * Says whether the kernel sends a {@link SegmentedDatagramPacket}, as Linux does since 4.18.
     *
     * @return whether it can be written
     */
    public static boolean isSegmentedDatagramPacketSupported() {
        return GLibTransport.isAvailable() && UdpSegmentation.isSupported();
    }

    @Override
    public DatagramChannelConfig config() {
        return config;
    }

    @Override
    DatagramConfig settings() {
        return config;
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    /** {@code 0.0.0.0} is everything, which for IPv6 is {@code ::}. */
    @Override
    protected void doBind(SocketAddress address) throws Exception {
        boolean wildcard = inet6
                && address instanceof InetSocketAddress inet
                && inet.getAddress() instanceof Inet4Address host
                && host.isAnyLocalAddress();
        super.doBind(wildcard ? new InetSocketAddress(EVERYTHING, ((InetSocketAddress) address).getPort()) : address);
    }

    // Messages

    @Override
    boolean takesControlMessages() {
        return true;
    }

    @Override
    void unpack(MessageBatch batch, int index, ByteBuf content, Deque<Object> packets) {
        InetSocketAddress sender = peers.get(batch.name(index));
        long destination = batch.originalDestination(index);
        InetSocketAddress recipient = destination == 0 ? (InetSocketAddress) recipient() : peers.get(destination);
        int segmentSize = batch.segmentSize(index);
        if (segmentSize == 0 || segmentSize >= content.readableBytes()) {
            packets.add(new DatagramPacket(content, recipient, sender));
            return;
        }
        while (content.isReadable()) {
            ByteBuf segment = content.readRetainedSlice(Math.min(segmentSize, content.readableBytes()));
            packets.add(new DatagramPacket(segment, recipient, sender));
        }
        content.release();
    }

    @Override
    boolean isRecipient(Object address) {
        return address instanceof InetSocketAddress;
    }

    @Override
    int putAddress(long at, SocketAddress recipient) {
        InetSocketAddress inet = (InetSocketAddress) recipient;
        return SocketAddresses.putInet(at, inet.getAddress(), inet.getPort(), inet6);
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof SegmentedDatagramPacket && !isSegmentedDatagramPacketSupported()) {
            throw new UnsupportedOperationException("this kernel does not send a SegmentedDatagramPacket");
        }
        return super.filterOutboundMessage(message);
    }

    @Override
    String expectedMessages() {
        return "DatagramPacket, SegmentedDatagramPacket, AddressedEnvelope<ByteBuf, InetSocketAddress>, ByteBuf";
    }

    // Multicast

    @Override
    public ChannelFuture joinGroup(InetAddress group) {
        return joinGroup(group, newPromise());
    }

    @Override
    public ChannelFuture joinGroup(InetAddress group, ChannelPromise promise) {
        return changeByDefault(MulticastMembership.JOIN, group, null, promise);
    }

    @Override
    public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface networkInterface) {
        return joinGroup(group, networkInterface, newPromise());
    }

    @Override
    public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface networkInterface, ChannelPromise promise) {
        return joinGroup(group.getAddress(), networkInterface, null, promise);
    }

    @Override
    public ChannelFuture joinGroup(InetAddress group, NetworkInterface networkInterface, @Nullable InetAddress source) {
        return joinGroup(group, networkInterface, source, newPromise());
    }

    @Override
    public ChannelFuture joinGroup(
            InetAddress group,
            NetworkInterface networkInterface,
            @Nullable InetAddress source,
            ChannelPromise promise) {
        return change(MulticastMembership.JOIN, group, Objects.requireNonNull(networkInterface), source, promise);
    }

    @Override
    public ChannelFuture leaveGroup(InetAddress group) {
        return leaveGroup(group, newPromise());
    }

    @Override
    public ChannelFuture leaveGroup(InetAddress group, ChannelPromise promise) {
        return changeByDefault(MulticastMembership.LEAVE, group, null, promise);
    }

    @Override
    public ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface networkInterface) {
        return leaveGroup(group, networkInterface, newPromise());
    }

    @Override
    public ChannelFuture leaveGroup(
            InetSocketAddress group, NetworkInterface networkInterface, ChannelPromise promise) {
        return leaveGroup(group.getAddress(), networkInterface, null, promise);
    }

    @Override
    public ChannelFuture leaveGroup(
            InetAddress group, NetworkInterface networkInterface, @Nullable InetAddress source) {
        return leaveGroup(group, networkInterface, source, newPromise());
    }

    @Override
    public ChannelFuture leaveGroup(
            InetAddress group,
            NetworkInterface networkInterface,
            @Nullable InetAddress source,
            ChannelPromise promise) {
        return change(MulticastMembership.LEAVE, group, Objects.requireNonNull(networkInterface), source, promise);
    }

    @Override
    public ChannelFuture block(InetAddress group, NetworkInterface networkInterface, InetAddress source) {
        return block(group, networkInterface, source, newPromise());
    }

    @Override
    public ChannelFuture block(
            InetAddress group, NetworkInterface networkInterface, InetAddress source, ChannelPromise promise) {
        Objects.requireNonNull(source);
        return change(MulticastMembership.BLOCK, group, Objects.requireNonNull(networkInterface), source, promise);
    }

    @Override
    public ChannelFuture block(InetAddress group, InetAddress source) {
        return block(group, source, newPromise());
    }

    @Override
    public ChannelFuture block(InetAddress group, InetAddress source, ChannelPromise promise) {
        return changeByDefault(MulticastMembership.BLOCK, group, Objects.requireNonNull(source), promise);
    }

    /** On the interface that is set for multicasts, or else that of the local address; the kernel's choice without. */
    private ChannelFuture changeByDefault(
            MulticastMembership change, InetAddress group, @Nullable InetAddress source, ChannelPromise promise) {
        NetworkInterface networkInterface;
        try {
            networkInterface = config.getNetworkInterface();
            InetSocketAddress local = localAddress();
            if (networkInterface == null && local != null && !local.getAddress().isAnyLocalAddress()) {
                networkInterface = NetworkInterface.getByInetAddress(local.getAddress());
            }
        } catch (IOException | ChannelException e) {
            return promise.setFailure(e);
        }
        return change(change, group, networkInterface, source, promise);
    }

    private ChannelFuture change(
            MulticastMembership change,
            InetAddress group,
            @Nullable NetworkInterface networkInterface,
            @Nullable InetAddress source,
            ChannelPromise promise) {
        Objects.requireNonNull(group, "group");
        if (eventLoop().inEventLoop()) {
            changeNow(change, group, networkInterface, source, promise);
        } else {
            eventLoop().execute(() -> changeNow(change, group, networkInterface, source, promise));
        }
        return promise;
    }

    private void changeNow(
            MulticastMembership change,
            InetAddress group,
            @Nullable NetworkInterface networkInterface,
            @Nullable InetAddress source,
            ChannelPromise promise) {
        try {
            change.apply(socket, group, networkInterface, source);
        } catch (IOException | RuntimeException e) {
            promise.setFailure(e);
            return;
        }
        promise.setSuccess();
    }

    /** Asked of the kernel once, with the first segmented packet. */
    private static final class UdpSegmentation {
        /** {@code linux/udp.h}. */
        private static final int UDP_SEGMENT = 103;

        private static volatile @Nullable Boolean supported;

        static boolean isSupported() {
            Boolean known = supported;
            if (known == null) {
                Socket socket;
                try {
                    socket = LinuxSocket.newSocketDgram();
                } catch (ChannelException e) {
                    // No descriptor is left, for example: asked again the next time.
                    return false;
                }
                known = ask(socket);
                supported = known;
            }
            return known;
        }

        private static boolean ask(Socket socket) {
            try {
                try {
                    socket.getIntOpt(DatagramConfig.IPPROTO_UDP, UDP_SEGMENT);
                    return true;
                } finally {
                    socket.close();
                }
            } catch (IOException e) {
                return false;
            }
        }
    }
}
