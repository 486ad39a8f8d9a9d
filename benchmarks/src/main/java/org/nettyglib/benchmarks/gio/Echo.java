package org.nettyglib.benchmarks.gio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.gnome.gio.SocketConnection;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.server.EchoServer;
import org.nettyglib.channel.GLibIOStreamChannel;

/** Sends a message to an echo on the same loop and waits until it is back. Each slot has a connection, whose ends are GIO streams. */
final class Echo implements Operation {

    private final EventLoop loop;
    private final ByteBuf message;
    private final ConnectionPairs pairs = new ConnectionPairs();
    private final Map<Integer, Asking> asking = new HashMap<>();

    /** @param bytes of a message */
    Echo(EventLoop loop, int bytes) throws GErrorException {
        this.loop = loop;
        // Of the garbage collector, which nobody has to release.
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
        for (int at = 0; at < bytes; at++) {
            memory.put((byte) at);
        }
        message = Unpooled.wrappedBuffer(memory.flip());
    }

    @Override
    public void begin(int slot, Flight flight) throws Exception {
        Asking end = asking.get(slot);
        if (end == null) {
            end = connect(slot);
            asking.put(slot, end);
        }
        end.ask(flight);
    }

    /** It stays open from one flight to the next. */
    private Asking connect(int slot) throws GErrorException {
        ConnectionPairs.Pair pair = pairs.connect();
        register(pair.there(), EchoServer.handler());
        return new Asking(slot, pair.here());
    }

    /** On the loop's thread, so it is done at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // without it nothing comes back
    private Channel register(SocketConnection connection, ChannelHandler handler) {
        Channel channel = new GLibIOStreamChannel(connection);
        channel.pipeline().addLast(handler);
        loop.register(channel);
        return channel;
    }

    /** The end that asks. */
    private final class Asking extends SimpleChannelInboundHandler<ByteBuf> {
        private final int slot;
        private final ByteBuf answer = Unpooled.buffer(message.readableBytes(), message.readableBytes());
        private final Channel channel;
        private @Nullable Flight flight;

        Asking(int slot, SocketConnection connection) {
            this.slot = slot;
            channel = register(connection, this);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel
        void ask(Flight flight) {
            this.flight = flight;
            channel.writeAndFlush(message.retainedDuplicate());
        }

        /** The echo comes in as many parts as the streams like. */
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
            answer.writeBytes(part);
            Flight current = Objects.requireNonNull(flight);
            if (!answer.isWritable()) {
                Operation.require(answer.equals(message), "the echo");
                answer.clear();
                current.ended(slot);
            }
        }

        /** At the end of the program, too, when no flight cares any more. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            Objects.requireNonNull(flight).failed(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Objects.requireNonNull(flight).failed(cause);
        }
    }
}
