package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.channel.GLibTcpInfo;
import org.nettyglib.loop.GLibEventLoopGroup;

class GLibTcpInfoTest {

    /** States of /usr/include/netinet/tcp.h. */
    private static final int TCP_ESTABLISHED = 1;

    private static final int TCP_CLOSE = 7;

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
    void shouldDescribeConnection() {
        GLibServerSocketChannel server = OpenChannel.listening(group);
        GLibSocketChannel client = OpenChannel.connected(group, server);

        GLibTcpInfo info = client.tcpInfo();

        assertThat(info.state()).isEqualTo(TCP_ESTABLISHED);
        assertThat(info.sndMss()).isPositive();
        assertThat(info.rcvMss()).isPositive();
        assertThat(info.pmtu()).isGreaterThan(info.sndMss());
        assertThat(info.rto()).isPositive();
        assertThat(info.rtt()).isPositive();
        assertThat(info.sndCwnd()).isPositive();
        assertThat(info.retransmits()).isZero();
        assertThat(info.lost()).isZero();
        client.close().syncUninterruptibly();
        server.close().syncUninterruptibly();
    }

    @Test
    void shouldDescribeUnconnectedSocket() {
        GLibSocketChannel channel = OpenChannel.bound(group);

        assertThat(channel.tcpInfo().state()).isEqualTo(TCP_CLOSE);

        channel.close().syncUninterruptibly();
    }

    @Test
    void shouldFailOnceChannelIsClosed() {
        GLibSocketChannel channel = OpenChannel.bound(group);
        channel.close().syncUninterruptibly();

        assertThatThrownBy(channel::tcpInfo)
                .isInstanceOf(ChannelException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }
}
