package org.nettyglib.testsuite.loop;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;

class GLibEventLoopTest extends AbstractSingleThreadEventLoopTest {

    @Override
    protected EventLoopGroup newEventLoopGroup() {
        return new GLibEventLoopGroup(1);
    }

    /** Suspends and resumes its loops, so each handler is initialised several times, on different threads. */
    @Override
    protected EventLoopGroup newAutoScalingEventLoopGroup() {
        return new GLibEventLoopGroup(
                SCALING_MAX_THREADS,
                (Executor) null,
                AUTO_SCALING_CHOOSER_FACTORY,
                RejectedExecutionHandlers.reject(),
                GLibLoopOptions.defaults());
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
