package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** A channel that reads one pipe and writes another, and the other ends of both. */
final class FdPipes implements AutoCloseable {
    private final PipeEnds<OutputStream> input = PipeEnds.toRead();
    private final PipeEnds<InputStream> output = PipeEnds.toWrite();
    private final Channel channel;

    FdPipes(ChannelFixture loops, ChannelHandler handler) throws Exception {
        this(bootstrap(loops, handler));
    }

    FdPipes(Bootstrap bootstrap) throws Exception {
        channel = register(bootstrap, () -> new GLibFdChannel(input.fd(), output.fd()));
    }

    static Bootstrap bootstrap(ChannelFixture loops, ChannelHandler handler) {
        return new Bootstrap()
                .group(loops.loop())
                .option(ChannelOption.ALLOCATOR, loops.allocator())
                .handler(handler);
    }

    static Channel register(Bootstrap bootstrap, Supplier<GLibFdChannel> channel) throws InterruptedException {
        return ChannelFixture.channel(bootstrap.channelFactory(channel::get).register());
    }

    Channel channel() {
        return channel;
    }

    /** What the channel reads is written here. */
    OutputStream toChannel() {
        return input.peer();
    }

    /** What the channel writes is read here. */
    InputStream fromChannel() {
        return output.peer();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Await.success(channel.close());
        input.peer().close();
        output.peer().close();
    }
}
