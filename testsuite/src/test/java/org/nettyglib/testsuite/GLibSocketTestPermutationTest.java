package org.nettyglib.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoop;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibDomainSocketChannel;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibIoHandler;

/** What the walk cannot see, as it connects nothing: the channels that a server accepts. */
@Timeout(60)
class GLibSocketTestPermutationTest {

    @Test
    void shouldAcceptGLibChannelsOfTcp() throws Exception {
        for (BootstrapComboFactory<ServerBootstrap, Bootstrap> pair : GLibSocketTestPermutation.INSTANCE.socket()) {
            SocketAddress address = new InetSocketAddress(NetUtil.LOCALHOST, 0);
            assertAccepts(pair, address, GLibServerSocketChannel.class, GLibSocketChannel.class);
        }
    }

    @Test
    void shouldAcceptGLibChannelsOfUnixDomain() throws Exception {
        for (BootstrapComboFactory<ServerBootstrap, Bootstrap> pair : domainPairs()) {
            SocketAddress address = DomainAddresses.newPath();
            assertAccepts(pair, address, GLibServerDomainSocketChannel.class, GLibDomainSocketChannel.class);
        }
    }

    private static List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> domainPairs() {
        return Stream.concat(
                        GLibSocketTestPermutation.INSTANCE.domainSocket().stream(),
                        GLibSocketTestPermutation.INSTANCE.nativeDomainSocket().stream())
                .toList();
    }

    private static void assertAccepts(
            BootstrapComboFactory<ServerBootstrap, Bootstrap> pair,
            SocketAddress address,
            Class<? extends Channel> serverClass,
            Class<? extends Channel> childClass)
            throws Exception {
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        Channel server = pair.newServerInstance()
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.complete(channel);
                    }
                })
                .bind(address)
                .sync()
                .channel();
        Channel client = pair.newClientInstance()
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.localAddress())
                .sync()
                .channel();

        Channel child = accepted.get(10, TimeUnit.SECONDS);
        boolean glibServer = serverClass.isInstance(server);
        assertThat(childClass.isInstance(child)).isEqualTo(glibServer);
        assertThat(((IoEventLoop) child.eventLoop()).isIoType(GLibIoHandler.class))
                .isEqualTo(glibServer);

        child.close().sync();
        client.close().sync();
        server.close().sync();
    }
}
