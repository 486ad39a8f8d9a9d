package org.nettyglib.testsuite.attached;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.tests.DetectPeerCloseWithoutReadTest;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.testsuite.AttachedLoops;

class GLibAttachedDetectPeerCloseWithoutReadTest extends DetectPeerCloseWithoutReadTest {

    @Override
    protected EventLoopGroup newGroup() {
        return new AttachedLoops(2);
    }

    @Override
    protected Class<? extends ServerChannel> serverChannel() {
        return GLibServerSocketChannel.class;
    }

    @Override
    protected Class<? extends Channel> clientChannel() {
        return GLibSocketChannel.class;
    }
}
