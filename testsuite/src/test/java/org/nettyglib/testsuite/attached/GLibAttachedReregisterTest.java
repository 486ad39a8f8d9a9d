package org.nettyglib.testsuite.attached;

import io.netty.channel.AbstractEventLoopTest;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.testsuite.AttachedLoops;

class GLibAttachedReregisterTest extends AbstractEventLoopTest {

    /** Two loops: the suite moves a channel to another loop of its group, and with one it would search for ever. */
    @Override
    protected EventLoopGroup newEventLoopGroup() {
        return new AttachedLoops(2);
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
