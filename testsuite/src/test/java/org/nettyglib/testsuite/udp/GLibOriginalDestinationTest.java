package org.nettyglib.testsuite.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.AbstractDatagramTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.testsuite.GLibSocketTestPermutation;
import org.nettyglib.testsuite.udp.ReceivedDatagrams.Datagram;

/** IP_RECVORIGDSTADDR of ip(7): a channel that is bound to the wildcard learns which address the sender meant. */
@Timeout(60)
class GLibOriginalDestinationTest extends AbstractDatagramTest {

    private static final int NO_SCATTERING = 0;

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }

    @ParameterizedTest
    @ValueSource(ints = {NO_SCATTERING, 64})
    void shouldTellAddressThatSenderMeant(int payloadSize, TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            ReceivedDatagrams received = new ReceivedDatagrams();
            Channel receiver = sb.option(GLibChannelOption.IP_RECVORIGDSTADDR, true)
                    .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, payloadSize)
                    .handler(received)
                    .bind(0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) receiver.localAddress()).getPort();
            Channel sender = cb.handler(new ChannelInboundHandlerAdapter())
                    .bind(newSocketAddress())
                    .sync()
                    .channel();
            for (int host = 1; host <= 3; host++) {
                InetSocketAddress meant =
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), port);

                sender.writeAndFlush(new DatagramPacket(Unpooled.copyInt(host), meant))
                        .sync();

                Datagram datagram = received.next();
                assertThat(datagram.bytes().getInt(0)).isEqualTo(host);
                assertThat(datagram.sender()).isEqualTo(sender.localAddress());
                assertThat(datagram.recipient())
                        .isEqualTo(receiver instanceof GLibDatagramChannel ? meant : receiver.localAddress());
            }
            receiver.close().sync();
            sender.close().sync();
        });
    }
}
