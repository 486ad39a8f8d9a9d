package org.nettyglib.examples.chat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.InetAddress;
import java.util.List;
import org.nettyglib.channel.GLibServerSocketChannel;

/** Lets WebSockets into a room: {@code ws://127.0.0.1:7010/chat?name=Ada}. A frame of theirs is something said. */
public final class RoomServer {

    static final String PATH = "/chat";

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(RoomServer.class);

    private static final int LONGEST_MESSAGE = 4096;

    private RoomServer() {}

    /**
     * Listens for guests, on this machine only.
     *
     * @param group of one loop, in whose thread the room is used
     * @param room to let them into
     * @param port to listen at; 0 for any
     * @return the server's channel, and when it listens
     */
    public static ChannelFuture open(EventLoopGroup group, Room room, int port) {
        WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(PATH)
                .checkStartsWith(true)
                .maxFramePayloadLength(LONGEST_MESSAGE)
                .build();
        return new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LONGEST_MESSAGE),
                                        new WebSocketServerProtocolHandler(webSocket),
                                        new Connection(room));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port);
    }

    private static final class Connection extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final Room room;

        Connection(Room room) {
            this.room = room;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof HandshakeComplete handshake) {
                List<String> names = new QueryStringDecoder(handshake.requestUri())
                        .parameters()
                        .getOrDefault("name", List.of(""));
                room.enter(ctx.channel(), names.getFirst());
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
            room.say(ctx.channel(), frame.text());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            room.leave(ctx.channel());
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            logger.debug("A guest's connection is closed", cause);
            ctx.close();
        }
    }
}
