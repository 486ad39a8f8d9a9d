package org.nettyglib.channel;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections and servers that come and go leave nothing behind. */
@SuppressWarnings("FutureReturnValueIgnored") // what counts is the close
@ParameterizedClass
@EnumSource
class ManyConnectionsTest {
    private static final int CHANNELS = 10_000;
    private static final int AT_A_TIME = 100;
    private static final int LENGTH = 64;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;

    ManyConnectionsTest(StreamKind kind) {
        this.kind = kind;
    }

    /** Closes when its question is answered: of the connections of TCP half with a FIN, the others with a RST. */
    private static final class Client extends ChannelInboundHandlerAdapter {
        private final boolean reset;
        private int missing = LENGTH;

        Client(boolean reset) {
            this.reset = reset;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[LENGTH]), context.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf buf = (ByteBuf) message;
            missing -= buf.readableBytes();
            buf.release();
            if (missing == 0) {
                if (reset) {
                    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                }
                context.close();
            }
        }
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        Channel server = loops.bind(kind, loops.server(kind, new SharedEcho()));
        int descriptors = OpenDescriptors.now().count();

        for (int i = 0; i < CHANNELS / AT_A_TIME; i++) {
            connectAndClose(server.localAddress());
        }

        assertNothingLeft(descriptors);
        Await.success(server.close());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldLeaveNothingOfServersBehind() throws Exception {
        ServerBootstrap bootstrap = loops.server(kind, new SharedSink());
        Await.success(loops.bind(kind, bootstrap).close());
        int descriptors = OpenDescriptors.now().count();

        for (int i = 0; i < CHANNELS / AT_A_TIME; i++) {
            bindAndClose(bootstrap);
        }

        assertNothingLeft(descriptors);
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    private void assertNothingLeft(int descriptors) throws InterruptedException {
        Await.until(
                () -> OpenDescriptors.now().count() <= descriptors,
                () -> descriptors + " descriptors, but there are " + OpenDescriptors.now());
        Await.until(
                () -> loops.allocator().metric().usedDirectMemory() == 0,
                () -> "no memory used, but " + loops.allocator().metric());
    }

    private void connectAndClose(SocketAddress address) throws InterruptedException {
        List<ChannelFuture> connecting = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            boolean reset = kind == StreamKind.TCP && i % 2 == 0;
            connecting.add(loops.client(kind, new Client(reset)).connect(address));
        }
        for (ChannelFuture connected : connecting) {
            Await.success(connected.channel().closeFuture());
        }
    }

    private void bindAndClose(ServerBootstrap bootstrap) throws InterruptedException {
        List<ChannelFuture> binding = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            binding.add(bootstrap.bind(kind.unusedAddress()));
        }
        for (ChannelFuture bound : binding) {
            Await.success(ChannelFixture.channel(bound).close());
        }
    }
}
