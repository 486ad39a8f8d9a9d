package org.nettyglib.testsuite.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.AbstractDatagramTest;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nettyglib.channel.GLibChannelOption;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** One buffer that the kernel cuts into datagrams (UDP_SEGMENT), and that it may put together again (UDP_GRO): udp(7). */
@Timeout(60)
class GLibSegmentedDatagramTest extends AbstractDatagramTest {

    private static final int SEGMENTS = 16;
    private static final int SEGMENT_SIZE = 512;

    /** The last one is shorter. */
    private static final int LENGTH = SEGMENTS * SEGMENT_SIZE - 100;

    @BeforeAll
    static void requireKernel() {
        assumeTrue(GLibDatagramChannel.isSegmentedDatagramPacketSupported(), "UDP_SEGMENT, which needs Linux 4.18");
    }

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void shouldArriveInSegments(boolean composite, boolean gro, TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            ReceivedDatagrams received = new ReceivedDatagrams();
            if (gro) {
                // What does not fit into one buffer is lost.
                sb.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LENGTH));
                sb.option(GLibChannelOption.UDP_GRO, true);
            }
            Channel receiver =
                    sb.handler(received).bind(newSocketAddress()).sync().channel();
            Channel sender = cb.handler(new ChannelInboundHandlerAdapter())
                    .bind(newSocketAddress())
                    .sync()
                    .channel();
            if (sender instanceof GLibDatagramChannel) {
                ByteBuf content = composite ? composite() : plain();

                sender.writeAndFlush(new SegmentedDatagramPacket(
                                content, SEGMENT_SIZE, (InetSocketAddress) receiver.localAddress()))
                        .sync();
            } else {
                for (int from = 0; from < LENGTH; from += SEGMENT_SIZE) {
                    sender.writeAndFlush(new DatagramPacket(
                                    plain().slice(from, Math.min(SEGMENT_SIZE, LENGTH - from)),
                                    (InetSocketAddress) receiver.localAddress()))
                            .sync();
                }
            }

            ByteBuf expected = plain();
            while (expected.isReadable()) {
                int length = Math.min(SEGMENT_SIZE, expected.readableBytes());
                assertThat(received.next().bytes())
                        .isEqualTo(expected.readSlice(length).nioBuffer());
            }
            assertThat(received.isEmpty()).isTrue();
            receiver.close().sync();
            sender.close().sync();
        });
    }

    /** Each byte says in which segment it is, and where. */
    private static ByteBuf plain() {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (i + i / SEGMENT_SIZE);
        }
        return Unpooled.wrappedBuffer(bytes);
    }

    /** Its parts end elsewhere than the segments. */
    private static ByteBuf composite() {
        CompositeByteBuf composite = Unpooled.compositeBuffer();
        ByteBuf plain = plain();
        while (plain.isReadable()) {
            int length = Math.min(700, plain.readableBytes());
            composite.addComponent(true, Unpooled.directBuffer(length).writeBytes(plain, length));
        }
        return composite;
    }
}
