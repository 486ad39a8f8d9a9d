package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.IPPROTO_TCP;
import static org.nettyglib.channel.OptionTable.SOL_SOCKET;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.unix.DomainSocketChannelConfig;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/** The config of a stream of bytes: of TCP, of a Unix domain socket, or of any descriptor, with the options of each. */
final class StreamConfig extends GLibChannelConfig implements SocketChannelConfig, DomainSocketChannelConfig {
    private static final OptionTable DESCRIPTOR = newTable();

    private static final OptionTable UNIX = withBuffers(newTable())
            .own(
                    StreamConfig.class,
                    UnixChannelOption.DOMAIN_SOCKET_READ_MODE,
                    StreamConfig::getReadMode,
                    StreamConfig::setReadMode);

    /** The numbers are of {@code netinet/tcp.h}, {@code netinet/in.h} and {@code sys/socket.h}. */
    private static final OptionTable TCP = withBuffers(newTable())
            .socket(ChannelOption.TCP_NODELAY, Socket::isTcpNoDelay, Socket::setTcpNoDelay)
            .socket(ChannelOption.SO_KEEPALIVE, Socket::isKeepAlive, Socket::setKeepAlive)
            .socket(ChannelOption.SO_REUSEADDR, Socket::isReuseAddress, Socket::setReuseAddress)
            .socket(UnixChannelOption.SO_REUSEPORT, Socket::isReusePort, Socket::setReusePort)
            .socket(ChannelOption.SO_LINGER, Socket::getSoLinger, Socket::setSoLinger)
            .socket(ChannelOption.IP_TOS, Socket::getTrafficClass, Socket::setTrafficClass)
            .own(
                    StreamConfig.class,
                    GLibChannelOption.TCP_MD5SIG,
                    config -> config.signatures.peers(),
                    (config, keys) -> config.signatures.set(config.socket(), keys))
            .own(
                    StreamConfig.class,
                    ChannelOption.TCP_FASTOPEN_CONNECT,
                    StreamConfig::isFastOpenConnect,
                    (config, on) -> config.fastOpenConnect = on)
            .flag(GLibChannelOption.TCP_CORK, IPPROTO_TCP, 3)
            .number(GLibChannelOption.TCP_KEEPIDLE, IPPROTO_TCP, 4)
            .number(GLibChannelOption.TCP_KEEPINTVL, IPPROTO_TCP, 5)
            .number(GLibChannelOption.TCP_KEEPCNT, IPPROTO_TCP, 6)
            .flag(GLibChannelOption.TCP_QUICKACK, IPPROTO_TCP, 12)
            .number(GLibChannelOption.TCP_USER_TIMEOUT, IPPROTO_TCP, 18)
            .unsigned(GLibChannelOption.TCP_NOTSENT_LOWAT, IPPROTO_TCP, 25)
            .number(GLibChannelOption.SO_BUSY_POLL, SOL_SOCKET, 46)
            .flag(GLibChannelOption.IP_FREEBIND, IPPROTO_IP, 15)
            .flag(GLibChannelOption.IP_TRANSPARENT, IPPROTO_IP, 19)
            .flag(GLibChannelOption.IP_BIND_ADDRESS_NO_PORT, IPPROTO_IP, 24);

    private final OptionTable options;
    private final TcpSignatures signatures;
    private volatile DomainSocketReadMode readMode = DomainSocketReadMode.BYTES;
    private volatile boolean allowHalfClosure;
    private volatile boolean fastOpenConnect;
    private volatile long maxBytesPerGatheringWrite = Long.MAX_VALUE;

    private StreamConfig(AbstractStreamChannel channel, OptionTable options, TcpSignatures signatures) {
        super(channel);
        this.options = options;
        this.signatures = signatures;
    }

    /** Of a connection that was accepted, or of a new one. */
    static StreamConfig ofTcp(AbstractStreamChannel channel, @Nullable GLibServerSocketChannel parent) {
        TcpSignatures signatures = parent == null
                ? new TcpSignatures()
                : parent.settings().signatures().copy();
        StreamConfig config = new StreamConfig(channel, TCP, signatures);
        if (PlatformDependent.canEnableTcpNoDelayByDefault()) {
            config.setTcpNoDelay(true);
        }
        config.gatherAsMuchAsTheSendBufferTakes();
        return config;
    }

    static StreamConfig ofUnix(AbstractStreamChannel channel) {
        StreamConfig config = new StreamConfig(channel, UNIX, new TcpSignatures());
        config.gatherAsMuchAsTheSendBufferTakes();
        return config;
    }

    static StreamConfig ofDescriptor(AbstractStreamChannel channel) {
        StreamConfig config = new StreamConfig(channel, DESCRIPTOR, new TcpSignatures());
        // Never too small for what inotify(7) delivers: a whole event or none.
        config.setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(4096, 8192, 65536));
        return config;
    }

    /** Of a stream of GIO, whose socket, if there is one, is GIO's. */
    static StreamConfig ofStream(AbstractStreamChannel channel) {
        return new StreamConfig(channel, DESCRIPTOR, new TcpSignatures());
    }

    private static OptionTable newTable() {
        return new OptionTable()
                .own(
                        StreamConfig.class,
                        ChannelOption.ALLOW_HALF_CLOSURE,
                        StreamConfig::isAllowHalfClosure,
                        StreamConfig::setAllowHalfClosure);
    }

    private static OptionTable withBuffers(OptionTable table) {
        return table.socket(ChannelOption.SO_RCVBUF, Socket::getReceiveBufferSize, Socket::setReceiveBufferSize)
                .own(
                        StreamConfig.class,
                        ChannelOption.SO_SNDBUF,
                        config -> config.socket().getSendBufferSize(),
                        (config, bytes) -> {
                            config.socket().setSendBufferSize(bytes);
                            config.gatherAsMuchAsTheSendBufferTakes();
                        });
    }

    @Override
    OptionTable options() {
        return options;
    }

    @Override
    public DomainSocketReadMode getReadMode() {
        return readMode;
    }

    @Override
    public StreamConfig setReadMode(DomainSocketReadMode mode) {
        readMode = ObjectUtil.checkNotNull(mode, "mode");
        return this;
    }

    boolean isFastOpenConnect() {
        return fastOpenConnect;
    }

    long maxBytesPerGatheringWrite() {
        return maxBytesPerGatheringWrite;
    }

    void maxBytesPerGatheringWrite(long bytes) {
        maxBytesPerGatheringWrite = bytes;
    }

    private void gatherAsMuchAsTheSendBufferTakes() {
        // The kernel's buffer grows with the connection: twice its size leaves room to find that out.
        long bytes = (long) getSendBufferSize() << 1;
        if (bytes > 0) {
            maxBytesPerGatheringWrite = bytes;
        }
    }

    @Override
    public boolean isAllowHalfClosure() {
        return allowHalfClosure;
    }

    @Override
    public StreamConfig setAllowHalfClosure(boolean allow) {
        allowHalfClosure = allow;
        return this;
    }

    @Override
    public boolean isTcpNoDelay() {
        return getOption(ChannelOption.TCP_NODELAY);
    }

    @Override
    public StreamConfig setTcpNoDelay(boolean on) {
        setOption(ChannelOption.TCP_NODELAY, on);
        return this;
    }

    @Override
    public int getSoLinger() {
        return getOption(ChannelOption.SO_LINGER);
    }

    @Override
    public StreamConfig setSoLinger(int seconds) {
        setOption(ChannelOption.SO_LINGER, seconds);
        return this;
    }

    @Override
    public int getSendBufferSize() {
        return getOption(ChannelOption.SO_SNDBUF);
    }

    @Override
    public StreamConfig setSendBufferSize(int bytes) {
        setOption(ChannelOption.SO_SNDBUF, bytes);
        return this;
    }

    @Override
    public int getReceiveBufferSize() {
        return getOption(ChannelOption.SO_RCVBUF);
    }

    @Override
    public StreamConfig setReceiveBufferSize(int bytes) {
        setOption(ChannelOption.SO_RCVBUF, bytes);
        return this;
    }

    @Override
    public boolean isKeepAlive() {
        return getOption(ChannelOption.SO_KEEPALIVE);
    }

    @Override
    public StreamConfig setKeepAlive(boolean on) {
        setOption(ChannelOption.SO_KEEPALIVE, on);
        return this;
    }

    @Override
    public int getTrafficClass() {
        return getOption(ChannelOption.IP_TOS);
    }

    @Override
    public StreamConfig setTrafficClass(int trafficClass) {
        setOption(ChannelOption.IP_TOS, trafficClass);
        return this;
    }

    @Override
    public boolean isReuseAddress() {
        return getOption(ChannelOption.SO_REUSEADDR);
    }

    @Override
    public StreamConfig setReuseAddress(boolean on) {
        setOption(ChannelOption.SO_REUSEADDR, on);
        return this;
    }

    /** Nothing happens: Linux has no such preferences. */
    @Override
    public StreamConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        return this;
    }

    @Override
    public StreamConfig setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return this;
    }

    @Deprecated
    @Override
    public StreamConfig setMaxMessagesPerRead(int max) {
        super.setMaxMessagesPerRead(max);
        return this;
    }

    @Override
    public StreamConfig setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return this;
    }

    @Override
    public StreamConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public StreamConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public StreamConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public StreamConfig setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return this;
    }

    @Override
    public StreamConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    @Override
    public StreamConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }

    @Deprecated
    @Override
    public StreamConfig setWriteBufferHighWaterMark(int bytes) {
        super.setWriteBufferHighWaterMark(bytes);
        return this;
    }

    @Deprecated
    @Override
    public StreamConfig setWriteBufferLowWaterMark(int bytes) {
        super.setWriteBufferLowWaterMark(bytes);
        return this;
    }
}
