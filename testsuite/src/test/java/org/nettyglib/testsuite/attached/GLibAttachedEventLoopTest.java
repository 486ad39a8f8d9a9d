package org.nettyglib.testsuite.attached;

import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.testsuite.AttachedLoops;

class GLibAttachedEventLoopTest extends AbstractSingleThreadEventLoopTest {

    @Override
    protected EventLoopGroup newEventLoopGroup() {
        return new AttachedLoops(1);
    }

    /** Scaling takes the threads of idle loops away and gives them back. */
    @Override
    protected EventLoopGroup newAutoScalingEventLoopGroup() {
        String reason = "an attached loop has no thread that it could be scaled down by";
        System.out.println("not tested: " + reason);
        return abort(reason);
    }

    @Override
    protected Channel newChannel() {
        return new GLibServerSocketChannel();
    }

    @Override
    protected Class<? extends ServerChannel> serverChannelClass() {
        return GLibServerSocketChannel.class;
    }

    @Override
    protected boolean supportsChannelIteration() {
        return true;
    }
}
