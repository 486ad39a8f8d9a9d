package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibDatagramChannel;
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

    @Test
    void shouldRefuseToShareDatagramAddressWithoutTheOption() {
        SocketAddress taken = bindDatagram(false, OpenChannel.ANY_PORT, new ReceivingChannels());

        assertThatThrownBy(() -> bindDatagram(false, taken, new ReceivingChannels()))
                .isInstanceOf(IOException.class);
    }

    @Test
    @Timeout(60)
    void shouldSpreadDatagramsOverLoopsThatShareAddress() throws Exception {
        ReceivingChannels receiving = new ReceivingChannels();
        SocketAddress shared = bindDatagram(true, OpenChannel.ANY_PORT, receiving);
        for (int i = 1; i < LOOPS; i++) {
            bindDatagram(true, shared, receiving);
        }
        assertThat(servers).extracting(Channel::eventLoop).doesNotHaveDuplicates();

        // The kernel picks a socket by a hash of the sender's port, so each gets its share soon.
        while (receiving.channels.size() < LOOPS) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(new byte[1], 1, shared));
                assertThat(receiving.arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(receiving.channels).containsExactlyInAnyOrderElementsOf(servers);
    }

    private SocketAddress bindDatagram(boolean reusePort, SocketAddress address, ReceivingChannels receiving) {
        Channel channel = new Bootstrap()
                .group(group)
                .channel(GLibDatagramChannel.class)
                .option(UnixChannelOption.SO_REUSEPORT, reusePort)
                .handler(receiving)
                .bind(address)
                .syncUninterruptibly()
                .channel();
        servers.add(channel);
        return channel.localAddress();
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

    /** Remembers the channels that received a datagram. */
    @Sharable
    private static final class ReceivingChannels
            extends SimpleChannelInboundHandler<io.netty.channel.socket.DatagramPacket> {

        final Set<Channel> channels = ConcurrentHashMap.newKeySet();
        final Semaphore arrived = new Semaphore(0);

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, io.netty.channel.socket.DatagramPacket packet) {
            assertThat(ctx.channel().eventLoop().inEventLoop()).isTrue();
            channels.add(ctx.channel());
            arrived.release();
        }
    }
}
