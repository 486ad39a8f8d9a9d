package org.nettyglib.benchmarks.gio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import org.nettyglib.gio.GLibSubprocess;

/** Starts cat, writes 64 bytes to it, reads them back and waits until it has ended well. */
record RunCat(EventLoop loop) implements Operation {

    private static final String PROGRAM = "/bin/cat";
    private static final int BYTES = 64;
    private static final ByteBuf MESSAGE = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(BYTES).writeBytes("x".repeat(BYTES).getBytes(US_ASCII)));

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the listeners see it
    public void begin(int slot, Flight flight) {
        Pipes pipes = new Pipes(slot, flight);
        GLibSubprocess.builder(PROGRAM).handler(pipes).start(loop).addListener(flight.orFail(pipes::feed));
    }

    /** The ends of the pipes on this side. */
    private static final class Pipes extends SimpleChannelInboundHandler<ByteBuf> {
        private final int slot;
        private final Flight flight;
        private final ByteBuf back = Unpooled.buffer(BYTES, BYTES);

        Pipes(int slot, Flight flight) {
            this.slot = slot;
            this.flight = flight;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // what is not written does not come back
        void feed(GLibSubprocess cat) {
            DuplexChannel channel = (DuplexChannel) cat.channel();
            channel.closeFuture().addListener(flight.orFail(closed -> {
                Operation.require(back.equals(MESSAGE), "the output of cat");
                RunTrue.awaitEnd(cat, slot, flight);
            }));
            channel.writeAndFlush(MESSAGE.duplicate());
            channel.shutdownOutput();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
            back.writeBytes(part);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            flight.failed(cause);
        }
    }
}
