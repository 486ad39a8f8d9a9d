package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

class GLibReusePortTest {

    private static final int LOOPS = 4;

    private EventLoopGroup group;
    private final List<Channel> servers = new ArrayList<>();

    @BeforeEach
    void startLoops() {
        group = new GLibEventLoopGroup(LOOPS);
    }

    @AfterEach
    void stopLoops() {
        servers.forEach(server -> server.close().syncUninterruptibly());
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldRefuseToShareAddressWithoutTheOption() {
        SocketAddress taken = bind(false, OpenChannel.ANY_PORT, new AcceptingServers());

        assertThatThrownBy(() -> bind(false, taken, new AcceptingServers())).isInstanceOf(IOException.class);
    }

    @Test
    @Timeout(60)
    void shouldSpreadConnectionsOverLoopsThatShareAddress() throws IOException {
        AcceptingServers accepting = new AcceptingServers();
        SocketAddress shared = bind(true, OpenChannel.ANY_PORT, accepting);
        for (int i = 1; i < LOOPS; i++) {
            bind(true, shared, accepting);
        }
        assertThat(servers).extracting(Channel::eventLoop).doesNotHaveDuplicates();

        // The kernel picks a listener by a hash of the client's port, so each gets its share soon.
        while (accepting.servers.size() < LOOPS) {
            InetSocketAddress address = (InetSocketAddress) shared;
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(socket.getInputStream().read())
                        .as("the server closes")
                        .isNegative();
            }
        }
        assertThat(accepting.servers).containsExactlyInAnyOrderElementsOf(servers);
    }

    private SocketAddress bind(boolean reusePort, SocketAddress address, AcceptingServers accepting) {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .option(UnixChannelOption.SO_REUSEPORT, reusePort)
                .childHandler(accepting)
                .bind(address)
                .syncUninterruptibly()
                .channel();
        servers.add(server);
        return server.localAddress();
    }

    /** Remembers the servers which accepted a connection, and closes it. */
    @Sharable
    private static final class AcceptingServers extends ChannelInboundHandlerAdapter {

        final Set<Channel> servers = ConcurrentHashMap.newKeySet();

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            servers.add(ctx.channel().parent());
            ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }
}
