package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Datagram channels on the loop of a {@link ChannelFixture}. */
record DatagramFixture(ChannelFixture loops) {
    /** More than the longest datagram. */
    static final int BIG = 1 << 16;

    static final InetSocketAddress ANY_PORT_6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);

    /** A channel of either IP version. */
    Bootstrap udp(ChannelHandler handler) {
        return udp(loops.loop(), handler);
    }

    Bootstrap udp(EventLoop loop, ChannelHandler handler) {
        return bootstrap(loop, handler).channel(GLibDatagramChannel.class);
    }

    Bootstrap udp(SocketProtocolFamily family, ChannelHandler handler) {
        return bootstrap(loops.loop(), handler).channelFactory(() -> new GLibDatagramChannel(family));
    }

    Bootstrap unix(ChannelHandler handler) {
        return bootstrap(loops.loop(), handler).channel(GLibDomainDatagramChannel.class);
    }

    private Bootstrap bootstrap(EventLoop loop, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .option(ChannelOption.ALLOCATOR, loops.allocator())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BIG))
                .handler(handler);
    }

    static GLibDatagramChannel bind(Bootstrap udp) throws InterruptedException {
        return bind(udp, ChannelFixture.ANY_PORT);
    }

    static GLibDatagramChannel bind(Bootstrap udp, InetSocketAddress address) throws InterruptedException {
        return (GLibDatagramChannel) ChannelFixture.channel(udp.bind(address));
    }

    static GLibDomainDatagramChannel bind(Bootstrap unix, Path path) throws InterruptedException {
        return (GLibDomainDatagramChannel) ChannelFixture.channel(unix.bind(new DomainSocketAddress(path.toFile())));
    }

    static InetSocketAddress address(Channel bound) {
        return (InetSocketAddress) bound.localAddress();
    }

    /** The port of a channel, on another address of this host. */
    static InetSocketAddress address(String host, Channel bound) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), address(bound).getPort());
    }

    /** An address that nobody is bound to any more. */
    InetSocketAddress unusedAddress() throws InterruptedException {
        GLibDatagramChannel gone = bind(udp(new DatagramRecorder()));
        Await.success(gone.close());
        return address(gone);
    }

    ByteBuf direct(byte[] bytes) {
        return loops.allocator().directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }

    DatagramPacket packet(byte[] bytes, Channel to) {
        return new DatagramPacket(direct(bytes), address(to));
    }
}
