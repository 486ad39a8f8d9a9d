package org.nettyglib.testsuite;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.gnome.gio.Socket;
import org.javagi.base.GErrorException;
import org.nettyglib.channel.GLibIOStreamChannel;
import org.nettyglib.channel.GLibSocketChannel;

/** Gives the sockets that a server accepts to GIO, and makes channels of its connections. */
final class IOStreamChildren extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws GErrorException {
        // Never registered and never closed: its descriptor is GIO's from now on.
        GLibSocketChannel accepted = (GLibSocketChannel) message;
        Socket socket = Socket.fromFd(accepted.fd().intValue());
        context.fireChannelRead(new GLibIOStreamChannel(context.channel(), socket.connectionFactoryCreateConnection()));
    }
}
