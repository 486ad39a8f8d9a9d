package org.nettyglib.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.gnome.glib.MainContext;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;
import org.nettyglib.loop.GLibTransport;

/**
 * Takes each message to the code of a user interface thread, which is a thread that runs a GMainLoop, and notes how long it was under
 * way. This transport is attached to that main loop; another has its own thread and hands over through a {@link UiQueue}. The
 * argument is the {@linkplain Transport#id() transport}; {@code peers/handover-load.c} says what the messages are.
 */
public final class HandoverServer {

    private static final int MESSAGE_BYTES = 64;

    private HandoverServer() {}

    public static void main(String[] args) throws Exception {
        GLibTransport.initJavaGi();
        Transport transport = Transport.byId(args[0]);
        MainContext context = new MainContext();
        try (UiThread thread = UiThread.start(context)) {
            Optional<GLibLoopOptions> attached = transport.loopOptions();
            EventLoopGroup group = attached.<EventLoopGroup>map(options -> GLibEventLoopGroup.attach(context, options))
                    .orElseGet(transport::newGroup);
            Executor handOver = attached.isPresent() ? Runnable::run : new UiQueue(context);
            ChannelInitializer<Channel> children = new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new MessageDecoder(), new UiHandler(handOver, thread.get()));
                }
            };
            BenchServer.run(group, loop -> BenchServer.bindTcp(transport, loop, children), BenchServer::refuse);
        }
    }

    private enum Kind {
        NOTE,
        RESET,
        SYNC,
        REPORT
    }

    private record Message(Kind kind, long sequence, long sentAt) {

        private static final Kind[] KINDS = Kind.values();

        static Message read(ByteBuf bytes) {
            Message message = new Message(KINDS[(int) bytes.readLongLE()], bytes.readLongLE(), bytes.readLongLE());
            bytes.skipBytes(MESSAGE_BYTES - 3 * Long.BYTES);
            return message;
        }
    }

    private static final class MessageDecoder extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (in.readableBytes() >= MESSAGE_BYTES) {
                out.add(Message.read(in));
            }
        }
    }

    /** Netty's end of the hand-over, and behind it the user interface's. */
    private static final class UiHandler extends SimpleChannelInboundHandler<Message> {

        private final Executor handOver;
        private final Thread uiThread;
        private final Times times = new Times();
        private long sequence;

        UiHandler(Executor handOver, Thread uiThread) {
            this.handOver = handOver;
            this.uiThread = uiThread;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Message message) {
            handOver.execute(() -> received(context, message));
        }

        /** On the user interface's thread. */
        @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which the load sees
        private void received(ChannelHandlerContext context, Message message) {
            long now = System.nanoTime();
            if (message.sequence() != ++sequence || Thread.currentThread() != uiThread) {
                System.err.println(message + " came after " + (sequence - 1) + " to " + Thread.currentThread());
                context.close();
                return;
            }
            switch (message.kind()) {
                case NOTE -> times.add(now - message.sentAt());
                case RESET -> {
                    times.clear();
                    context.writeAndFlush(context.alloc().buffer(Long.BYTES).writeLongLE(0));
                }
                case SYNC ->
                    context.writeAndFlush(context.alloc().buffer(Long.BYTES).writeLongLE(0));
                case REPORT ->
                    context.writeAndFlush(times.writeTo(context.alloc().buffer(times.bytes())));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            BenchServer.closeOnError(context, cause);
        }
    }

    /** How long messages were under way, in nanoseconds. */
    private static final class Times {

        private long[] nanos = new long[1 << 16];
        private int count;

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
        }

        void clear() {
            count = 0;
        }

        int bytes() {
            return (count + 1) * Long.BYTES;
        }

        ByteBuf writeTo(ByteBuf buffer) {
            buffer.writeLongLE(count);
            for (int i = 0; i < count; i++) {
                buffer.writeLongLE(nanos[i]);
            }
            return buffer;
        }
    }
}
