package org.nettyglib.gstreamer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import org.freedesktop.gstreamer.app.AppSink;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/** Bytes from a channel through a pipeline into another channel, by the public classes alone. */
final class StreamProgram {
    private static final int BYTES = 1000;
    private static final int SECONDS = 60;

    private StreamProgram() {}

    public static void main(String[] args) throws Exception {
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        GstPipeline pipeline = GstPipeline.parse(
                group.next(), "appsrc name=in ! identity ! appsink name=out sync=false max-buffers=8");
        AppSrcHandler in = AppSrcHandler.builder(pipeline, "in").build();
        // By java-gi's object, which only works where its classes are ready.
        AppSinkSource out = AppSinkSource.builder(pipeline.element("out", AppSink.class))
                .slowViewers(SlowViewerPolicy.block())
                .build();
        Promise<Integer> received = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(in);
                        out.add(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        pipeline.play();

        Channel client = new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new Counter(received))
                .connect(server.localAddress())
                .sync()
                .channel();
        client.writeAndFlush(client.alloc().buffer(BYTES).writeZero(BYTES)).sync();
        System.out.println("in " + BYTES);
        System.out.println("out " + received.get(SECONDS, TimeUnit.SECONDS));

        out.close();
        pipeline.close().get(SECONDS, TimeUnit.SECONDS);
        group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).sync();
    }

    private static final class Counter extends SimpleChannelInboundHandler<ByteBuf> {
        private final Promise<Integer> received;
        private int count;

        private Counter(Promise<Integer> received) {
            this.received = received;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            count += bytes.readableBytes();
            if (count == BYTES) {
                received.setSuccess(count);
            }
        }
    }
}
