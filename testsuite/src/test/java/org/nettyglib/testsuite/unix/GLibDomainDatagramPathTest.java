package org.nettyglib.testsuite.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.AbstractClientSocketTest;
import java.io.FileNotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** Nobody is at the path. */
@Timeout(30)
class GLibDomainDatagramPathTest extends AbstractClientSocketTest {

    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.domainDatagramSocket();
    }

    @Test
    void shouldFailToConnectToMissingPath(TestInfo test) throws Throwable {
        run(test, cb -> {
            ChannelFuture connected = cb.handler(new ChannelInboundHandlerAdapter())
                    .connect(DomainAddresses.newPath())
                    .await();

            assertThat(connected.cause()).isInstanceOf(FileNotFoundException.class);
            assertThat(connected.channel().closeFuture().await().isSuccess()).isTrue();
        });
    }

    @Test
    void shouldFailToWriteToMissingPathAndStayOpen(TestInfo test) throws Throwable {
        run(test, cb -> {
            Channel channel = cb.handler(new ChannelInboundHandlerAdapter())
                    .bind(DomainAddresses.newPath())
                    .sync()
                    .channel();

            ChannelFuture written = channel.writeAndFlush(
                            new DomainDatagramPacket(Unpooled.copyInt(1), DomainAddresses.newPath()))
                    .await();

            assertThat(written.cause()).isInstanceOf(FileNotFoundException.class);
            assertThat(channel.isActive()).isTrue();
            channel.close().sync();
        });
    }
}
