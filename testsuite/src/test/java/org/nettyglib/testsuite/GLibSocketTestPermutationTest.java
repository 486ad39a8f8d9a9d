package org.nettyglib.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.util.NetUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibIoHandler;

/** What the walk cannot see, as it connects nothing: the channels that a server accepts. */
class GLibSocketTestPermutationTest {

    @Test
    @Timeout(60)
    void shouldAcceptGLibChannelsOnGLibLoops() throws Exception {
        for (BootstrapComboFactory<ServerBootstrap, Bootstrap> pair : GLibSocketTestPermutation.INSTANCE.socket()) {
            CompletableFuture<SocketChannel> accepted = new CompletableFuture<>();
            Channel server = pair.newServerInstance()
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            accepted.complete(channel);
                        }
                    })
                    .bind(NetUtil.LOCALHOST, 0)
                    .sync()
                    .channel();
            Channel client = pair.newClientInstance()
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.localAddress())
                    .sync()
                    .channel();

            SocketChannel child = accepted.get(10, TimeUnit.SECONDS);
            boolean glibServer = server instanceof GLibServerSocketChannel;
            assertThat(child instanceof GLibSocketChannel).isEqualTo(glibServer);
            assertThat(((IoEventLoop) child.eventLoop()).isIoType(GLibIoHandler.class))
                    .isEqualTo(glibServer);

            child.close().sync();
            client.close().sync();
            server.close().sync();
        }
    }
}
