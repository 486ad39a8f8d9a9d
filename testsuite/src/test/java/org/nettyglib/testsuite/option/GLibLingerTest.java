package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

class GLibLingerTest {

    private static final int LINGER_SECONDS = 2;
    private static final int SMALL_BUFFER = 16 * 1024;
    private static final int MORE_THAN_ALL_BUFFERS = 4 * 1024 * 1024;

    private EventLoopGroup group;

    @BeforeEach
    void startLoop() {
        group = new GLibEventLoopGroup(1);
    }

    @AfterEach
    void stopLoop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Once an AssertionError in Netty's epoll transport: netty #7159. */
    @Test
    void shouldCloseLingeringChannelThatWasNeverConnected() {
        GLibSocketChannel channel = OpenChannel.bound(group);
        channel.config().setOption(ChannelOption.SO_LINGER, 10);

        assertThat(channel.close().awaitUninterruptibly().isSuccess()).isTrue();
    }

    /** close(2) of a lingering socket blocks until the peer has all data; that must not be the loop's thread. */
    @Test
    @Timeout(30)
    void shouldNotBlockLoopWhileChannelLingers() throws Exception {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(SMALL_BUFFER);
            listener.bind(OpenChannel.ANY_PORT);
            GLibSocketChannel channel = connect(listener.getLocalSocketAddress());
            try (Socket peerThatNeverReads = listener.accept()) {
                assertThat(peerThatNeverReads.isConnected()).isTrue();
                channel.config().setOption(ChannelOption.SO_LINGER, LINGER_SECONDS);
                ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[MORE_THAN_ALL_BUFFERS]));
                assertThat(written.await(1, TimeUnit.SECONDS))
                        .as("the peer takes it all")
                        .isFalse();

                ChannelFuture closed = channel.close();

                EventLoop loop = channel.eventLoop();
                assertThat(loop.submit(() -> {}).await(LINGER_SECONDS / 2, TimeUnit.SECONDS))
                        .as("the loop goes on")
                        .isTrue();
                assertThat(closed.isDone()).as("lingered no longer").isFalse();
                assertThat(closed.await(10 * LINGER_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(closed.isSuccess()).isTrue();
                assertThat(written.await().cause()).isInstanceOf(ClosedChannelException.class);
            }
        }
    }

    private GLibSocketChannel connect(SocketAddress address) {
        return (GLibSocketChannel) new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .option(ChannelOption.SO_SNDBUF, SMALL_BUFFER)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address)
                .syncUninterruptibly()
                .channel();
    }
}
