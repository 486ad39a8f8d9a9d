package org.nettyglib.testsuite.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.channel.GLibDomainDatagramChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/** Addresses and defaults of datagram channels. */
@Timeout(30)
class GLibDatagramChannelTest {

    private EventLoopGroup group;

    @BeforeEach
    void startLoop() {
        group = new GLibEventLoopGroup(1);
    }

    @AfterEach
    void stopLoop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldReadSixteenMessagesAtMostByDefault() {
        assertMostMessagesPerRead(new GLibDatagramChannel());
        assertMostMessagesPerRead(new GLibDomainDatagramChannel());
    }

    private static void assertMostMessagesPerRead(Channel channel) {
        MaxMessagesRecvByteBufAllocator allocator = channel.config().getRecvByteBufAllocator();
        assertThat(allocator.maxMessagesPerRead()).isEqualTo(16);
        channel.unsafe().closeForcibly();
    }

    @ParameterizedTest
    @EnumSource(names = {"INET", "INET6"})
    void shouldHaveNoAddressBeforeBind(SocketProtocolFamily family) {
        GLibDatagramChannel channel = new GLibDatagramChannel(family);
        assertThat(channel.isActive()).isFalse();
        assertThat(channel.localAddress()).isNull();
        assertThat(channel.remoteAddress()).isNull();
        channel.unsafe().closeForcibly();
    }

    @Test
    void shouldHaveAddressOfSocketItTakesOver() throws IOException {
        Socket socket = Socket.newSocketDgram();
        socket.bind(new InetSocketAddress(NetUtil.LOCALHOST, 0));
        GLibDatagramChannel channel = new GLibDatagramChannel(socket.intValue());
        assertThat(channel.isActive()).isTrue();
        assertThat(channel.localAddress()).isEqualTo(socket.localAddress());
        channel.unsafe().closeForcibly();
    }

    @Test
    void shouldHaveAddressOnlyOnceItIsBound() throws Exception {
        CompletableFuture<@Nullable SocketAddress> beforeBind = new CompletableFuture<>();
        Channel channel = new Bootstrap()
                .group(group)
                .channel(GLibDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRegistered(ChannelHandlerContext ctx) {
                        beforeBind.complete(ctx.channel().localAddress());
                    }
                })
                .bind(new InetSocketAddress(NetUtil.LOCALHOST, 0))
                .sync()
                .channel();
        assertThat(beforeBind.get(10, TimeUnit.SECONDS)).isNull();
        assertThat(((InetSocketAddress) channel.localAddress()).getPort()).isPositive();
        channel.close().sync();
    }

    @Test
    void shouldRefuseIpv6AddressOfSocketForIpv4() {
        InetSocketAddress ipv6 = new InetSocketAddress(NetUtil.LOCALHOST6, 0);
        assertThatThrownBy(() -> ipv4().bind(ipv6).sync()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ipv4().connect(ipv6).sync()).isInstanceOf(IOException.class);
    }

    private Bootstrap ipv4() {
        return new Bootstrap()
                .group(group)
                .channelFactory((ChannelFactory<Channel>) () -> new GLibDatagramChannel(SocketProtocolFamily.INET))
                .handler(new ChannelInboundHandlerAdapter());
    }
}
