package org.nettyglib.testsuite.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibDomainSocketChannel;
import org.nettyglib.channel.GLibPeerCredentials;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.testsuite.DomainAddresses;

/** Both sides are this process, whose numbers /proc knows. */
class GLibPeerCredentialsTest {

    private static final Path SELF = Path.of("/proc/self");

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
    @Timeout(30)
    void shouldTellWhoThePeerIsOnBothSides() throws Exception {
        CompletableFuture<GLibDomainSocketChannel> accepted = new CompletableFuture<>();
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<GLibDomainSocketChannel>() {
                    @Override
                    protected void initChannel(GLibDomainSocketChannel channel) {
                        accepted.complete(channel);
                    }
                })
                .bind(DomainAddresses.newPath())
                .sync()
                .channel();
        GLibDomainSocketChannel client = (GLibDomainSocketChannel) new Bootstrap()
                .group(group)
                .channel(GLibDomainSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.localAddress())
                .sync()
                .channel();
        GLibDomainSocketChannel child = accepted.get(10, TimeUnit.SECONDS);

        assertThisProcess(client.peerCredentials());
        assertThisProcess(child.peerCredentials());

        client.close().sync();
        child.close().sync();
        server.close().sync();
        assertThatThrownBy(client::peerCredentials).isInstanceOf(IOException.class);
    }

    private static void assertThisProcess(GLibPeerCredentials credentials) throws IOException {
        assertThat(credentials.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(credentials.uid()).isEqualTo(Files.getAttribute(SELF, "unix:uid"));
        assertThat(credentials.gid()).isEqualTo(Files.getAttribute(SELF, "unix:gid"));
    }
}
