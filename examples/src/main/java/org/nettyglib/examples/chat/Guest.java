package org.nettyglib.examples.chat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibSocketChannel;

/** One who takes part in the conversation of a room, by a WebSocket. */
final class Guest extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private static final int LONGEST_ANSWER = 8192;

    private final Conversation conversation;

    private @Nullable Channel connection;
    private String end = "The room was closed";
    private boolean left;

    Guest(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Goes into the room at this address. How that went is told to the conversation. */
    void enter(EventLoopGroup group, InetSocketAddress room, String name) {
        WebSocketClientProtocolConfig webSocket = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri(room, name))
                .build();
        new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(LONGEST_ANSWER),
                                        new WebSocketClientProtocolHandler(webSocket),
                                        Guest.this);
                    }
                })
                .connect(room)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        end(String.valueOf(connected.cause().getMessage()));
                    }
                });
    }

    private static URI uri(InetSocketAddress room, String name) {
        QueryStringEncoder path = new QueryStringEncoder(RoomServer.PATH);
        path.addParam("name", name);
        return URI.create("ws://" + room.getHostString() + ":" + room.getPort() + path);
    }

    void say(String text) {
        if (connection != null) {
            connection.writeAndFlush(new TextWebSocketFrame(text));
        }
    }

    /** Says goodbye; the room closes the connection. The conversation is told nothing more. */
    void leave() {
        left = true;
        if (connection != null) {
            connection.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            connection = ctx.channel();
            if (!left) {
                conversation.entered();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
        if (!left) {
            conversation.told(Note.decode(frame.text()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end = String.valueOf(cause.getMessage());
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection = null;
        end(end);
        ctx.fireChannelInactive();
    }

    private void end(String why) {
        if (!left) {
            conversation.ended(why);
        }
    }
}
