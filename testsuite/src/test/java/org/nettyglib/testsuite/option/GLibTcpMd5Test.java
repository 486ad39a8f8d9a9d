package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/** Segments signed with a key for each peer: TCP_MD5SIG of tcp(7). */
@Timeout(60)
class GLibTcpMd5Test {

    private static final InetAddress PEER = InetAddress.getLoopbackAddress();
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    private EventLoopGroup group;
    private GLibServerSocketChannel server;

    @BeforeEach
    void listen() {
        group = new GLibEventLoopGroup(1);
        server = OpenChannel.listening(group);
        try {
            server.config().setOption(GLibChannelOption.TCP_MD5SIG, keys("secret"));
        } catch (ChannelException e) {
            if (String.valueOf(e.getMessage() + e.getCause()).contains("Protocol not available")) {
                abort("TCP_MD5SIG, which this kernel was built without (CONFIG_TCP_MD5SIG)");
            }
            throw e;
        }
    }

    @AfterEach
    void close() {
        server.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldConnectWithSameKey() throws InterruptedException {
        Channel client =
                client(keys("secret")).connect(server.localAddress()).sync().channel();
        assertThat(client.isActive()).isTrue();
        client.close().sync();
    }

    /** The kernel drops what is not signed as it should be, without an answer. */
    @Test
    void shouldNotConnectWithOtherKey() {
        assertThatThrownBy(() ->
                        client(keys("another")).connect(server.localAddress()).sync())
                .isInstanceOf(ConnectTimeoutException.class);
    }

    @Test
    void shouldForgetKeys() throws InterruptedException {
        server.config().setOption(GLibChannelOption.TCP_MD5SIG, Map.of());
        Channel client = client(Map.of()).connect(server.localAddress()).sync().channel();
        assertThat(client.isActive()).isTrue();
        client.close().sync();
    }

    private Bootstrap client(Map<InetAddress, byte[]> keys) {
        return new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .option(GLibChannelOption.TCP_MD5SIG, keys)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
    }

    private static Map<InetAddress, byte[]> keys(String key) {
        return Map.of(PEER, key.getBytes(StandardCharsets.US_ASCII));
    }
}
