package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.SOL_SOCKET;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.unix.DomainDatagramChannelConfig;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/** The config of a channel of datagrams: of UDP or of a Unix domain socket, with the options of each. */
final class DatagramConfig extends GLibChannelConfig implements DatagramChannelConfig, DomainDatagramChannelConfig {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(DatagramConfig.class);

    /** {@code netinet/in.h}: IPPROTO_UDP. */
    static final int IPPROTO_UDP = 17;

    /** {@code linux/udp.h}. */
    private static final int UDP_GRO = 104;

    /** As in Netty's other transports. */
    private static final int RECEIVE_BUFFER_SIZE = 2048;

    private static final OptionTable UNIX = newTable();

    /** The numbers are of {@code linux/in.h}, {@code linux/in6.h} and {@code asm-generic/socket.h}. */
    @SuppressWarnings("NullAway") // an option that is not set, or not known, is null
    private static final OptionTable UDP = newTable()
            .socket(ChannelOption.SO_BROADCAST, Socket::isBroadcast, Socket::setBroadcast)
            .socket(ChannelOption.SO_RCVBUF, Socket::getReceiveBufferSize, Socket::setReceiveBufferSize)
            .socket(ChannelOption.SO_REUSEADDR, Socket::isReuseAddress, Socket::setReuseAddress)
            .socket(UnixChannelOption.SO_REUSEPORT, Socket::isReusePort, Socket::setReusePort)
            .socket(ChannelOption.IP_TOS, Socket::getTrafficClass, Socket::setTrafficClass)
            .socket(ChannelOption.IP_MULTICAST_IF, MulticastInterface::get, MulticastInterface::set)
            .socket(ChannelOption.IP_MULTICAST_ADDR, MulticastInterface::getAddress, MulticastInterface::setAddress)
            .socket(ChannelOption.IP_MULTICAST_TTL, IpOption.MULTICAST_TTL::get, IpOption.MULTICAST_TTL::set)
            .socket(
                    ChannelOption.IP_MULTICAST_LOOP_DISABLED,
                    socket -> IpOption.MULTICAST_LOOP.get(socket) == 0,
                    (socket, disabled) -> IpOption.MULTICAST_LOOP.set(socket, disabled ? 0 : 1))
            .socket(
                    GLibChannelOption.IP_MULTICAST_ALL,
                    socket -> IpOption.MULTICAST_ALL.get(socket) != 0,
                    (socket, on) -> IpOption.MULTICAST_ALL.set(socket, on ? 1 : 0))
            .socket(
                    GLibChannelOption.IP_RECVORIGDSTADDR,
                    socket -> IpOption.RECVORIGDSTADDR.get(socket) != 0,
                    (socket, on) -> IpOption.RECVORIGDSTADDR.set(socket, on ? 1 : 0))
            .socket(GLibChannelOption.IP_MTU_DISCOVER, IpOption.MTU_DISCOVER::get, IpOption.MTU_DISCOVER::set)
            .socket(GLibChannelOption.IP_MTU, DatagramConfig::mtu, IpOption.MTU::set)
            .own(
                    DatagramConfig.class,
                    GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE,
                    DatagramConfig::getMaxDatagramPayloadSize,
                    (config, bytes) -> config.maxDatagramPayloadSize =
                            ObjectUtil.checkPositiveOrZero(bytes, "MAX_DATAGRAM_PAYLOAD_SIZE"))
            .own(
                    DatagramConfig.class,
                    GLibChannelOption.UDP_GRO,
                    // Kernels before 5.12 take it and do not tell it.
                    config -> config.gro,
                    DatagramConfig::setGro)
            .number(GLibChannelOption.SO_BUSY_POLL, SOL_SOCKET, 46)
            .flag(GLibChannelOption.IP_FREEBIND, IPPROTO_IP, 15)
            .flag(GLibChannelOption.IP_TRANSPARENT, IPPROTO_IP, 19)
            .flag(GLibChannelOption.IP_BIND_ADDRESS_NO_PORT, IPPROTO_IP, 24);

    private final OptionTable options;
    private volatile boolean activeOnRegistration;
    private volatile int maxDatagramPayloadSize;
    private volatile boolean gro;

    private DatagramConfig(AbstractDatagramChannel channel, OptionTable options) {
        super(channel, new FixedRecvByteBufAllocator(RECEIVE_BUFFER_SIZE));
        this.options = options;
    }

    static DatagramConfig ofUdp(AbstractDatagramChannel channel) {
        DatagramConfig config = new DatagramConfig(channel, UDP);
        try {
            // As the JDK's channels, and unlike the kernel: what other sockets have joined is not for this one.
            config.setOption(GLibChannelOption.IP_MULTICAST_ALL, false);
        } catch (ChannelException e) {
            // IPv6 has it since Linux 4.20.
            logger.debug("IP_MULTICAST_ALL of {} stays on", channel, e);
        }
        return config;
    }

    static DatagramConfig ofUnix(AbstractDatagramChannel channel) {
        return new DatagramConfig(channel, UNIX);
    }

    private static OptionTable newTable() {
        return new OptionTable()
                .socket(ChannelOption.SO_SNDBUF, Socket::getSendBufferSize, Socket::setSendBufferSize)
                .own(
                        DatagramConfig.class,
                        ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION,
                        DatagramConfig::isActiveOnRegistration,
                        DatagramConfig::setActiveOnRegistration);
    }

    @Override
    OptionTable options() {
        return options;
    }

    boolean isActiveOnRegistration() {
        return activeOnRegistration;
    }

    private void setActiveOnRegistration(boolean active) {
        if (channel().isRegistered()) {
            throw new IllegalStateException("has to be set before the channel is registered");
        }
        activeOnRegistration = active;
    }

    int getMaxDatagramPayloadSize() {
        return maxDatagramPayloadSize;
    }

    private void setGro(boolean on) throws IOException {
        socket().setIntOpt(IPPROTO_UDP, UDP_GRO, on ? 1 : 0);
        gro = on;
    }

    /** Null while it is not known, which is as long as the channel is not connected. */
    private static @Nullable Integer mtu(Socket socket) throws IOException {
        return socket.remoteAddress() == null ? null : IpOption.MTU.get(socket);
    }

    @Override
    public int getSendBufferSize() {
        return getOption(ChannelOption.SO_SNDBUF);
    }

    @Override
    public DatagramConfig setSendBufferSize(int bytes) {
        setOption(ChannelOption.SO_SNDBUF, bytes);
        return this;
    }

    @Override
    public int getReceiveBufferSize() {
        return getOption(ChannelOption.SO_RCVBUF);
    }

    @Override
    public DatagramConfig setReceiveBufferSize(int bytes) {
        setOption(ChannelOption.SO_RCVBUF, bytes);
        return this;
    }

    @Override
    public int getTrafficClass() {
        return getOption(ChannelOption.IP_TOS);
    }

    @Override
    public DatagramConfig setTrafficClass(int trafficClass) {
        setOption(ChannelOption.IP_TOS, trafficClass);
        return this;
    }

    @Override
    public boolean isReuseAddress() {
        return getOption(ChannelOption.SO_REUSEADDR);
    }

    @Override
    public DatagramConfig setReuseAddress(boolean on) {
        setOption(ChannelOption.SO_REUSEADDR, on);
        return this;
    }

    @Override
    public boolean isBroadcast() {
        return getOption(ChannelOption.SO_BROADCAST);
    }

    @Override
    public DatagramConfig setBroadcast(boolean on) {
        setOption(ChannelOption.SO_BROADCAST, on);
        return this;
    }

    @Override
    public boolean isLoopbackModeDisabled() {
        return getOption(ChannelOption.IP_MULTICAST_LOOP_DISABLED);
    }

    @Override
    public DatagramConfig setLoopbackModeDisabled(boolean disabled) {
        setOption(ChannelOption.IP_MULTICAST_LOOP_DISABLED, disabled);
        return this;
    }

    @Override
    public int getTimeToLive() {
        return getOption(ChannelOption.IP_MULTICAST_TTL);
    }

    @Override
    public DatagramConfig setTimeToLive(int hops) {
        setOption(ChannelOption.IP_MULTICAST_TTL, hops);
        return this;
    }

    @Override
    public @Nullable InetAddress getInterface() {
        return getOption(ChannelOption.IP_MULTICAST_ADDR);
    }

    @Override
    public DatagramConfig setInterface(InetAddress address) {
        setOption(ChannelOption.IP_MULTICAST_ADDR, address);
        return this;
    }

    @Override
    public @Nullable NetworkInterface getNetworkInterface() {
        return getOption(ChannelOption.IP_MULTICAST_IF);
    }

    @Override
    public DatagramConfig setNetworkInterface(NetworkInterface networkInterface) {
        setOption(ChannelOption.IP_MULTICAST_IF, networkInterface);
        return this;
    }

    @Override
    public DatagramConfig setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return this;
    }

    @Deprecated
    @Override
    public DatagramConfig setMaxMessagesPerRead(int max) {
        super.setMaxMessagesPerRead(max);
        return this;
    }

    @Override
    public DatagramConfig setMaxMessagesPerWrite(int max) {
        super.setMaxMessagesPerWrite(max);
        return this;
    }

    @Override
    public DatagramConfig setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return this;
    }

    @Override
    public DatagramConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public DatagramConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public DatagramConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public DatagramConfig setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return this;
    }

    @Override
    public DatagramConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    @Override
    public DatagramConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }
}
