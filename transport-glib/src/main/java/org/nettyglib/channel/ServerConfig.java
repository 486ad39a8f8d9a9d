package org.nettyglib.channel;

import static org.nettyglib.channel.OptionTable.IPPROTO_IP;
import static org.nettyglib.channel.OptionTable.IPPROTO_TCP;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.NetUtil;
import io.netty.util.internal.ObjectUtil;
import java.io.IOException;

/** The config of a channel that accepts connections. */
final class ServerConfig extends GLibChannelConfig implements ServerSocketChannelConfig {
    private static final OptionTable UNIX = newTable();

    /** The numbers are of {@code netinet/tcp.h} and {@code netinet/in.h}. */
    private static final OptionTable TCP = newTable()
            .socket(UnixChannelOption.SO_REUSEPORT, Socket::isReusePort, Socket::setReusePort)
            .own(
                    ServerConfig.class,
                    ChannelOption.TCP_FASTOPEN,
                    config -> config.fastOpenRequests,
                    (config, requests) ->
                            config.fastOpenRequests = ObjectUtil.checkPositiveOrZero(requests, "TCP_FASTOPEN"))
            .own(
                    ServerConfig.class,
                    GLibChannelOption.TCP_MD5SIG,
                    config -> config.signatures.peers(),
                    (config, keys) -> config.signatures.set(config.socket(), keys))
            .number(GLibChannelOption.TCP_DEFER_ACCEPT, IPPROTO_TCP, 9)
            .flag(GLibChannelOption.IP_FREEBIND, IPPROTO_IP, 15)
            .flag(GLibChannelOption.IP_TRANSPARENT, IPPROTO_IP, 19);

    /** {@code netinet/tcp.h}. */
    private static final int TCP_FASTOPEN = 23;

    private final OptionTable options;
    private final TcpSignatures signatures = new TcpSignatures();
    private volatile int backlog = NetUtil.SOMAXCONN;
    private volatile int fastOpenRequests;

    private ServerConfig(AbstractServerChannel channel, OptionTable options) {
        super(channel, new ServerChannelRecvByteBufAllocator());
        this.options = options;
    }

    static ServerConfig ofTcp(AbstractServerChannel channel) {
        ServerConfig config = new ServerConfig(channel, TCP);
        config.setReuseAddress(true);
        return config;
    }

    static ServerConfig ofUnix(AbstractServerChannel channel) {
        return new ServerConfig(channel, UNIX);
    }

    private static OptionTable newTable() {
        return new OptionTable()
                .socket(ChannelOption.SO_RCVBUF, Socket::getReceiveBufferSize, Socket::setReceiveBufferSize)
                .socket(ChannelOption.SO_REUSEADDR, Socket::isReuseAddress, Socket::setReuseAddress)
                .own(ServerConfig.class, ChannelOption.SO_BACKLOG, ServerConfig::getBacklog, ServerConfig::setBacklog);
    }

    @Override
    OptionTable options() {
        return options;
    }

    TcpSignatures signatures() {
        return signatures;
    }

    /** Writes what has to be in place before listen(2). */
    void beforeListen() throws IOException {
        if (fastOpenRequests > 0) {
            socket().setIntOpt(IPPROTO_TCP, TCP_FASTOPEN, fastOpenRequests);
        }
    }

    @Override
    public int getBacklog() {
        return backlog;
    }

    @Override
    public ServerConfig setBacklog(int backlog) {
        this.backlog = ObjectUtil.checkPositiveOrZero(backlog, "backlog");
        return this;
    }

    @Override
    public boolean isReuseAddress() {
        return getOption(ChannelOption.SO_REUSEADDR);
    }

    @Override
    public ServerConfig setReuseAddress(boolean on) {
        setOption(ChannelOption.SO_REUSEADDR, on);
        return this;
    }

    @Override
    public int getReceiveBufferSize() {
        return getOption(ChannelOption.SO_RCVBUF);
    }

    @Override
    public ServerConfig setReceiveBufferSize(int bytes) {
        setOption(ChannelOption.SO_RCVBUF, bytes);
        return this;
    }

    /** Nothing happens: Linux has no such preferences. */
    @Override
    public ServerConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        return this;
    }

    @Override
    public ServerConfig setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return this;
    }

    @Deprecated
    @Override
    public ServerConfig setMaxMessagesPerRead(int max) {
        super.setMaxMessagesPerRead(max);
        return this;
    }

    @Override
    public ServerConfig setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return this;
    }

    @Override
    public ServerConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public ServerConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public ServerConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public ServerConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    @Deprecated
    @Override
    public ServerConfig setWriteBufferHighWaterMark(int bytes) {
        super.setWriteBufferHighWaterMark(bytes);
        return this;
    }

    @Deprecated
    @Override
    public ServerConfig setWriteBufferLowWaterMark(int bytes) {
        super.setWriteBufferLowWaterMark(bytes);
        return this;
    }

    @Override
    public ServerConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }
}
