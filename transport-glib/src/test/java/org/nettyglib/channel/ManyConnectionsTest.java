package org.nettyglib.channel;

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

/** Connections that come and go leave nothing behind. */
@SuppressWarnings("FutureReturnValueIgnored") // what counts is the close
class ManyConnectionsTest {
    private static final int CONNECTIONS = 10_000;
    private static final int AT_A_TIME = 100;
    private static final int LENGTH = 64;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    /** Closes when its question is answered: half of the connections with a FIN, the others with a RST. */
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
        Channel server = loops.bind(loops.server(new SharedEcho()));
        int descriptors = OpenDescriptors.now().count();

        for (int i = 0; i < CONNECTIONS / AT_A_TIME; i++) {
            batch(server.localAddress());
        }

        Await.until(
                () -> OpenDescriptors.now().count() == descriptors,
                () -> descriptors + " descriptors, but there are " + OpenDescriptors.now());
        Await.until(
                () -> loops.allocator().metric().usedDirectMemory() == 0,
                () -> "no memory used, but " + loops.allocator().metric());
        Await.success(server.close());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    private void batch(SocketAddress address) throws InterruptedException {
        List<ChannelFuture> connecting = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            connecting.add(loops.client(new Client(i % 2 == 0)).connect(address));
        }
        for (ChannelFuture connected : connecting) {
            Await.success(connected.channel().closeFuture());
        }
    }
}
