package org.nettyglib.testsuite.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.DomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramUnicastTest;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDomainDatagramUnicastTest extends DatagramUnicastTest {

    private static final int EMPTY_DATAGRAMS = 100;

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.domainDatagram();
    }

    @Override
    protected SocketAddress newSocketAddress() {
        return DomainAddresses.newPath();
    }

    @Override
    protected boolean isConnected(Channel channel) {
        return ((DomainDatagramChannel) channel).isConnected();
    }

    /** To disconnect is to close, as on Netty's epoll transport. */
    @Override
    protected boolean supportDisconnect() {
        return false;
    }

    @Override
    protected Channel setupClientChannel(
            Bootstrap cb, byte[] bytes, CountDownLatch latch, AtomicReference<Throwable> failure) throws Throwable {
        return cb.handler(new Expect(bytes, null, latch, failure, false))
                .bind(newSocketAddress())
                .sync()
                .channel();
    }

    @Override
    protected Channel setupServerChannel(
            Bootstrap sb,
            byte[] bytes,
            @Nullable SocketAddress sender,
            CountDownLatch latch,
            AtomicReference<Throwable> failure,
            boolean echo)
            throws Throwable {
        return sb.handler(new Expect(bytes, sender, latch, failure, echo))
                .bind(newSocketAddress())
                .sync()
                .channel();
    }

    @Override
    protected ChannelFuture write(Channel channel, ByteBuf buffer, SocketAddress remote, WrapType wrap) {
        ByteBuf content = switch (wrap) {
            case NONE -> buffer.retain();
            case DUP -> buffer.retainedDuplicate();
            case SLICE -> buffer.retainedSlice();
            case READ_ONLY -> buffer.retain().asReadOnly();
        };
        return channel.write(new DomainDatagramPacket(content, (DomainSocketAddress) remote));
    }

    /** Netty's own sends them through the JDK, which has no datagrams on Unix domain sockets. */
    @Override
    public void testReceiveEmptyDatagrams(Bootstrap sb, Bootstrap cb) throws Throwable {
        CountDownLatch received = new CountDownLatch(EMPTY_DATAGRAMS);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Channel receiver = setupServerChannel(sb, new byte[0], null, received, failure, false);
        Socket sender = Socket.newSocketDomainDgram();
        try {
            byte[] path = ((DomainSocketAddress) receiver.localAddress()).path().getBytes(StandardCharsets.UTF_8);
            for (long left = EMPTY_DATAGRAMS - 1; left >= 0; left--) {
                assertThat(sender.sendToDomainSocket(ByteBuffer.allocateDirect(1), 0, 0, path))
                        .isZero();
                // One at a time: the queue of a Unix datagram socket is short, and the sender does not wait.
                for (int i = 0; i < 1_000 && received.getCount() > left; i++) {
                    Thread.sleep(1);
                }
            }
            assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            sender.close();
            receiver.close().sync();
        }
        assertThat(failure).hasNullValue();
    }

    @Test
    void shouldHaveAddressItWasBoundTo(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            SocketAddress address = newSocketAddress();
            Channel channel = cb.handler(new ChannelInboundHandlerAdapter())
                    .bind(address)
                    .sync()
                    .channel();
            assertThat(channel.localAddress()).isEqualTo(address);
            channel.close().sync();
        });
    }

    /** Counts the datagrams that are as they should be, and may send them back. */
    private static final class Expect extends SimpleChannelInboundHandler<DomainDatagramPacket> {

        private final byte[] bytes;
        private final @Nullable SocketAddress sender;
        private final CountDownLatch latch;
        private final AtomicReference<Throwable> failure;
        private final boolean echo;

        Expect(
                byte[] bytes,
                @Nullable SocketAddress sender,
                CountDownLatch latch,
                AtomicReference<Throwable> failure,
                boolean echo) {
            this.bytes = bytes;
            this.sender = sender;
            this.latch = latch;
            this.failure = failure;
            this.echo = echo;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DomainDatagramPacket packet) {
            assertThat(ByteBufUtil.getBytes(packet.content())).isEqualTo(bytes);
            assertThat(packet.recipient()).isEqualTo(ctx.channel().localAddress());
            assertThat(packet.sender()).isNotNull();
            if (sender != null) {
                assertThat(packet.sender()).isEqualTo(sender);
            }
            if (echo) {
                ctx.writeAndFlush(new DomainDatagramPacket(packet.content().retainedDuplicate(), packet.sender()))
                        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            }
            latch.countDown();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failure.set(cause);
        }
    }
}
