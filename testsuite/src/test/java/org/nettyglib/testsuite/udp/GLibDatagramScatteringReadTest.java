package org.nettyglib.testsuite.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.AbstractDatagramTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.testsuite.GLibSocketTestPermutation;
import org.nettyglib.testsuite.udp.ReceivedDatagrams.Datagram;

/** Several datagrams by one system call, each into its part of one buffer. */
@Timeout(60)
class GLibDatagramScatteringReadTest extends AbstractDatagramTest {

    private static final int DATAGRAMS = 4;

    /** More than a datagram has, to see that each keeps its own length. */
    private static final int PAYLOAD_SIZE = 2 * Long.BYTES;

    private static final int LARGEST_BUFFER = 64 * 1024;
    private static final int ETHERNET_PAYLOAD = 1400;

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }

    /** The first buffer has room for so many datagrams: for all, for half of them. */
    @ParameterizedTest
    @CsvSource({"4, false", "2, false", "4, true", "2, true"})
    void shouldKeepOrderLengthAndSenderOfEachDatagram(int room, boolean connected, TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel sender = cb.handler(new ChannelInboundHandlerAdapter())
                    .bind(newSocketAddress())
                    .sync()
                    .channel();
            ReceivedDatagrams received = new ReceivedDatagrams();
            AtomicInteger reads = new AtomicInteger();
            Channel receiver = sb.option(ChannelOption.AUTO_READ, false)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new AdaptiveRecvByteBufAllocator(PAYLOAD_SIZE, room * PAYLOAD_SIZE, LARGEST_BUFFER))
                    .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, PAYLOAD_SIZE)
                    .handler(initializer(received, reads))
                    .bind(newSocketAddress())
                    .sync()
                    .channel();
            if (connected) {
                receiver.connect(sender.localAddress()).sync();
            }
            for (long i = 0; i < DATAGRAMS; i++) {
                send(
                        sender,
                        receiver,
                        ByteBuffer.allocate(Long.BYTES).putLong(0, i).array());
            }

            receiver.config().setAutoRead(true);

            for (long i = 0; i < DATAGRAMS; i++) {
                Datagram datagram = received.next();
                assertThat(datagram.bytes())
                        .isEqualTo(ByteBuffer.allocate(Long.BYTES).putLong(0, i));
                assertThat(datagram.sender()).isEqualTo(sender.localAddress());
                assertThat(datagram.recipient()).isEqualTo(receiver.localAddress());
            }
            if (receiver instanceof GLibDatagramChannel) {
                // This allocator allows one message for each read, unless a read brings several.
                assertThat(reads).hasValueLessThan(DATAGRAMS);
            }
            receiver.close().sync();
            sender.close().sync();
        });
    }

    /** One datagram that is as large as the buffer leaves no room for another, and is read as ever. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadIntoBufferForOneDatagram(boolean connected, TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            Channel sender = cb.handler(new ChannelInboundHandlerAdapter())
                    .bind(newSocketAddress())
                    .sync()
                    .channel();
            ReceivedDatagrams received = new ReceivedDatagrams();
            Channel receiver = sb.option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new AdaptiveRecvByteBufAllocator(ETHERNET_PAYLOAD, ETHERNET_PAYLOAD, LARGEST_BUFFER))
                    .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, ETHERNET_PAYLOAD)
                    .handler(received)
                    .bind(newSocketAddress())
                    .sync()
                    .channel();
            if (connected) {
                receiver.connect(sender.localAddress()).sync();
            }
            for (int length : new int[] {16, ETHERNET_PAYLOAD, 1}) {
                byte[] bytes = new byte[length];
                bytes[length - 1] = (byte) length;

                send(sender, receiver, bytes);

                Datagram datagram = received.next();
                assertThat(datagram.bytes()).isEqualTo(ByteBuffer.wrap(bytes));
                assertThat(datagram.sender()).isEqualTo(sender.localAddress());
            }
            receiver.close().sync();
            sender.close().sync();
        });
    }

    private static ChannelInitializer<Channel> initializer(ReceivedDatagrams received, AtomicInteger reads) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new CountReads(reads), received);
            }
        };
    }

    private static void send(Channel sender, Channel receiver, byte[] bytes) throws InterruptedException {
        sender.writeAndFlush(new DatagramPacket(
                        sender.alloc().directBuffer().writeBytes(bytes), (InetSocketAddress) receiver.localAddress()))
                .sync();
    }

    private static final class CountReads extends ChannelInboundHandlerAdapter {

        private final AtomicInteger reads;

        CountReads(AtomicInteger reads) {
            this.reads = reads;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            reads.incrementAndGet();
            ctx.fireChannelReadComplete();
        }
    }
}
