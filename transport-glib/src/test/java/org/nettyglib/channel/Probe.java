package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/** Gets every event of a channel through one method. The events go on to the next handler afterwards. */
abstract class Probe extends ChannelInboundHandlerAdapter {
    /**
     * An event happened.
     *
     * @param detail the message or the exception, if the event has one; the channel otherwise
     */
    abstract void on(Event event, Channel channel, Object detail) throws Exception;

    private void on(Event event, ChannelHandlerContext context) throws Exception {
        on(event, context.channel(), context.channel());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        on(Event.ADDED, context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) throws Exception {
        on(Event.REMOVED, context);
    }

    @Override
    public void channelRegistered(ChannelHandlerContext context) throws Exception {
        on(Event.REGISTERED, context);
        context.fireChannelRegistered();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) throws Exception {
        on(Event.UNREGISTERED, context);
        context.fireChannelUnregistered();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        on(Event.ACTIVE, context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        on(Event.INACTIVE, context);
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        on(Event.READ, context.channel(), message);
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        on(Event.READ_COMPLETE, context);
        context.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            on(Event.INPUT_SHUT, context);
        } else if (event instanceof ChannelInputShutdownReadComplete) {
            on(Event.INPUT_SHUT_READ_COMPLETE, context);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        on(context.channel().isWritable() ? Event.WRITABLE : Event.UNWRITABLE, context);
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        on(Event.EXCEPTION, context.channel(), cause);
        context.fireExceptionCaught(cause);
    }
}
