package org.nettyglib.examples.ingest;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.util.concurrent.Promise;
import java.net.URI;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibSocketChannel;

/** A WebSocket client of Netty's that sends bytes. */
final class Sender {

    private static final int FRAME = 60_000;

    private final Channel channel;
    private final Promise<String> greeting;

    private Sender(Channel channel, Promise<String> greeting) {
        this.channel = channel;
        this.greeting = greeting;
    }

    static Sender connect(EventLoopGroup group, int port, String path) throws InterruptedException {
        Promise<String> greeting = group.next().newPromise();
        Channel channel = new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(8192),
                                        new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                                                .webSocketUri(URI.create("ws://127.0.0.1:" + port + path))
                                                .build()),
                                        new Greeted(greeting));
                    }
                })
                .connect("127.0.0.1", port)
                .sync()
                .channel();
        Sender sender = new Sender(channel, greeting);
        sender.file();
        return sender;
    }

    /** The file that the other side writes. */
    String file() throws InterruptedException {
        return Await.success(greeting);
    }

    /** Sends all bytes in messages of two frames, and closes the connection. */
    void send(byte[] bytes) throws InterruptedException {
        for (int start = 0; start < bytes.length; start += 2 * FRAME) {
            channel.write(new BinaryWebSocketFrame(false, 0, part(bytes, start)));
            Await.success(channel.writeAndFlush(new ContinuationWebSocketFrame(true, 0, part(bytes, start + FRAME))));
        }
        channel.writeAndFlush(new CloseWebSocketFrame());
        Await.success(channel.closeFuture());
    }

    private static ByteBuf part(byte[] bytes, int start) {
        int from = Math.min(start, bytes.length);
        return Unpooled.wrappedBuffer(bytes, from, Math.min(FRAME, bytes.length - from));
    }

    private static final class Greeted extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final Promise<String> greeting;

        private Greeted(Promise<String> greeting) {
            this.greeting = greeting;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            greeting.setSuccess(frame.text());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            greeting.tryFailure(new IllegalStateException("closed without a greeting"));
            ctx.fireChannelInactive();
        }
    }
}
