package org.nettyglib.testsuite.loop;

import io.netty.channel.AbstractEventLoopTest;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibIoHandler;

/** On loops of Netty's own class. */
class GLibHandlerReregisterTest extends AbstractEventLoopTest {

    /** Two loops: the suite moves a channel to another loop of its group, and with one it would search for ever. */
    @Override
    protected EventLoopGroup newEventLoopGroup() {
        return new MultiThreadIoEventLoopGroup(2, GLibIoHandler.newFactory());
    }

    @Override
    protected Class<? extends ServerChannel> newChannel() {
        return GLibServerSocketChannel.class;
    }

    @Override
    protected Class<? extends SocketChannel> newSocketChannel() {
        return GLibSocketChannel.class;
    }
}
