package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.IPPROTO_TCP;
import static org.nettyglib.channel.OptionTable.SOL_SOCKET;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.internal.PlatformDependent;

/** The config of a stream of bytes. */
final class StreamConfig extends GLibChannelConfig implements SocketChannelConfig {
    /** The numbers are of {@code netinet/tcp.h}, {@code netinet/in.h} and {@code sys/socket.h}. */
    private static final OptionTable TCP = new OptionTable()
            .socket(ChannelOption.SO_RCVBUF, Socket::getReceiveBufferSize, Socket::setReceiveBufferSize)
            .own(
                    StreamConfig.class,
                    ChannelOption.SO_SNDBUF,
                    config -> config.socket().getSendBufferSize(),
                    (config, bytes) -> {
                        config.socket().setSendBufferSize(bytes);
                        config.gatherAsMuchAsTheSendBufferTakes();
                    })
            .socket(ChannelOption.TCP_NODELAY, Socket::isTcpNoDelay, Socket::setTcpNoDelay)
            .socket(ChannelOption.SO_KEEPALIVE, Socket::isKeepAlive, Socket::setKeepAlive)
            .socket(ChannelOption.SO_REUSEADDR, Socket::isReuseAddress, Socket::setReuseAddress)
            .socket(UnixChannelOption.SO_REUSEPORT, Socket::isReusePort, Socket::setReusePort)
            .socket(ChannelOption.SO_LINGER, Socket::getSoLinger, Socket::setSoLinger)
            .socket(ChannelOption.IP_TOS, Socket::getTrafficClass, Socket::setTrafficClass)
            .own(
                    StreamConfig.class,
                    ChannelOption.ALLOW_HALF_CLOSURE,
                    StreamConfig::isAllowHalfClosure,
                    StreamConfig::setAllowHalfClosure)
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

    private volatile boolean allowHalfClosure;
    private volatile boolean fastOpenConnect;
    private volatile long maxBytesPerGatheringWrite = Long.MAX_VALUE;

    StreamConfig(AbstractGLibChannel channel) {
        super(channel);
        if (PlatformDependent.canEnableTcpNoDelayByDefault()) {
            setTcpNoDelay(true);
        }
        gatherAsMuchAsTheSendBufferTakes();
    }

    @Override
    OptionTable options() {
        return TCP;
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
}
