package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;

/**
 * A connection on whose one end every {@link Event} happens, in this order: it is connected, gets more than one read takes, writes
 * more than the kernel takes at once, sees the other end shut its side, has an exception in its pipeline, and closes.
 * A probe looks on there, and may do as it likes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it is seen by the probe
final class Conversation {
    private static final int QUESTION = 1 << 20;
    static final int ANSWER = 8 << 20;

    private final ChannelFixture loops;
    private final StreamKind kind;
    private final Probe probe;
    private final Recorder other = new Recorder();

    Conversation(ChannelFixture loops, StreamKind kind, Probe probe) {
        this.loops = loops;
        this.kind = kind;
        this.probe = probe;
    }

    /** A conversation over TCP, or over channels that are connected by nature: {@link #probed()}, {@link #others()}. */
    Conversation(ChannelFixture loops, Probe probe) {
        this(loops, StreamKind.TCP, probe);
    }

    /** The other end, which never misbehaves. */
    Recorder other() {
        return other;
    }

    /** The probe's end is the client's, or an accepted connection. Returns the future of the client's connect. */
    ChannelFuture start(boolean probeIsClient) throws InterruptedException {
        ServerBootstrap server = loops.server(kind, probeIsClient ? others() : probed());
        if (!probeIsClient) {
            server.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1024, 2048));
        }
        Channel listening = loops.bind(kind, server);
        var client = loops.client(kind, probeIsClient ? probed() : others());
        if (probeIsClient) {
            client.option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1024, 2048));
        }
        ChannelFuture connected = client.connect(listening.localAddress());
        if (probeIsClient) {
            connected.addListener(future -> probe.on(Event.OPENED, connected.channel(), future));
        }
        return connected;
    }

    /** The handlers of the probe's end, which has to allow half-closure and low water marks. */
    ChannelHandler probed() {
        return pipeline(new Talker(), probe);
    }

    /** The handlers of the other end. */
    ChannelHandler others() {
        return pipeline(new Asker(), other);
    }

    private static ChannelHandler pipeline(ChannelHandler... handlers) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handlers);
            }
        };
    }

    /** Asks as soon as it is connected, and shuts its side when it has the whole answer. */
    private static final class Asker extends ChannelInboundHandlerAdapter {
        private int received;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.fireChannelActive();
            context.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(QUESTION)));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received += ((ByteBuf) message).readableBytes();
            context.fireChannelRead(message);
            if (received == ANSWER) {
                ((DuplexChannel) context.channel()).shutdownOutput();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.fireExceptionCaught(cause);
            context.close();
        }
    }

    /** Answers at the first bytes, and after the end of the input makes up an exception and closes. */
    private final class Talker extends ChannelInboundHandlerAdapter {
        private boolean answered;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.fireChannelRead(message);
            if (!answered) {
                answered = true;
                context.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(ANSWER)))
                        .addListener(written -> probe.on(Event.WRITTEN, context.channel(), written));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            if (event instanceof ChannelInputShutdownReadComplete) {
                context.fireExceptionCaught(new MadeUp.MadeUpException());
                context.close();
            }
        }
    }

    /** The other end has got the whole answer, in order. */
    void assertAnswered() throws InterruptedException {
        other.awaitBytes(ANSWER);
        assertThat(other.checksum()).isEqualTo(Payload.checksum(Payload.bytes(ANSWER)));
    }
}
