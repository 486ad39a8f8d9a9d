package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagram channels that come and go leave nothing behind. */
@SuppressWarnings("FutureReturnValueIgnored") // what counts is the close
class DatagramManyChannelsTest {
    private static final int CHANNELS = 10_000;
    private static final int AT_A_TIME = 100;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);

    /** Sends back what comes, to whom it came from. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            AddressedEnvelope<?, ?> envelope = (AddressedEnvelope<?, ?>) message;
            context.writeAndFlush(
                    new DefaultAddressedEnvelope<>((ByteBuf) envelope.content(), envelope.sender()),
                    context.voidPromise());
        }
    }

    /** Asks once it is connected, and closes with the answer. */
    private final class Client extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (context.channel().remoteAddress() == null) {
                // A Unix domain socket is bound first, to get an answer.
                return;
            }
            context.writeAndFlush(datagrams.direct(Payload.bytes(64)), context.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.close();
        }
    }

    @ParameterizedTest(name = "Unix domain {0}")
    @ValueSource(booleans = {false, true})
    void shouldLeaveNothingBehind(boolean unix) throws Exception {
        SocketAddress any = unix ? new DomainSocketAddress("") : ChannelFixture.ANY_PORT;
        Channel server =
                ChannelFixture.channel((unix ? datagrams.unix(new Echo()) : datagrams.udp(new Echo())).bind(any));
        int descriptors = OpenDescriptors.now().count();

        for (int i = 0; i < CHANNELS / AT_A_TIME; i++) {
            batch(unix, server.localAddress(), any);
        }

        Await.until(
                () -> OpenDescriptors.now().count() <= descriptors,
                () -> descriptors + " descriptors, but there are " + OpenDescriptors.now());
        Await.until(
                () -> loops.allocator().metric().usedDirectMemory() == 0,
                () -> "no memory used, but " + loops.allocator().metric());
        Await.success(server.close());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    private void batch(boolean unix, SocketAddress server, SocketAddress any) throws InterruptedException {
        List<ChannelFuture> connecting = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            Bootstrap bootstrap = unix ? datagrams.unix(new Client()) : datagrams.udp(new Client());
            connecting.add(bootstrap.connect(server, any));
        }
        for (ChannelFuture connected : connecting) {
            Await.success(connected.channel().closeFuture());
        }
    }
}
