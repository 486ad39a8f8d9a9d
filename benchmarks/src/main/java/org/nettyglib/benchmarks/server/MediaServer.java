package org.nettyglib.benchmarks.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GstException;
import org.nettyglib.gstreamer.GstPipeline;

/**
 * Sends the stream of a GStreamer pipeline to every client. The arguments are the {@linkplain Transport#id() transport}, which is one
 * on GLib, and the description of everything before the appsink.
 */
public final class MediaServer {

    /** What the pipeline ends in: each frame is sent when it is there, as by the elements in C. */
    private static final String END = " ! appsink name=out sync=false max-buffers=64";

    private static final int MAX_PENDING = 64;

    /** The elements in C drop nothing. A client that was not on its core for a moment is to miss nothing here, too. */
    private static final WriteBufferWaterMark PATIENCE = new WriteBufferWaterMark(64 << 10, 192 << 10);

    private static final String WARM_UP_SOURCE =
            "videotestsrc num-buffers=1 ! video/x-raw,format=GRAY8,width=28,height=47"
                    + " ! imagefreeze is-live=true ! video/x-raw,framerate=5000/1";

    /** C2 takes what was called 15,000 times, see the JVM's flag Tier4CompileThreshold. */
    private static final int WARM_UP_FRAMES = 20_000;

    private static final Duration WARM_UP_MOST = Duration.ofSeconds(20);

    private MediaServer() {}

    public static void main(String[] args) throws Exception {
        Transport transport = Transport.byId(args[0]);
        BenchServer.run(transport, group -> serve(transport, group, args[1]));
    }

    /** {@code imagefreeze} gives the same memory again and again, which GStreamer lets be mapped 255 times at once. */
    private static AppSinkSource source(GstPipeline pipeline) {
        return AppSinkSource.builder(pipeline, "out").maxPending(MAX_PENDING).build();
    }

    /**
     * The stream to be measured gives the compilers some calls a second, so that it would take minutes until all is compiled: this sends
     * another one at a higher pace to a client of its own.
     */
    private static void warmUp(EventLoopGroup group) throws InterruptedException {
        GstPipeline pipeline = GstPipeline.parse(group.next(), WARM_UP_SOURCE + END);
        AppSinkSource sink = source(pipeline);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new Client(sink))
                .bind(BenchServer.freePort())
                .sync()
                .channel();
        Channel client = new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new Discarding())
                .connect(server.localAddress())
                .sync()
                .channel();
        pipeline.play().sync();
        long deadline = System.nanoTime() + WARM_UP_MOST.toNanos();
        while (sink.metrics().frames() < WARM_UP_FRAMES && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        pipeline.close().sync();
        client.close().sync();
        server.close().sync();
    }

    private static Channel serve(Transport transport, EventLoopGroup group, String source) throws InterruptedException {
        warmUp(group);
        GstPipeline pipeline = GstPipeline.parse(group.next(), source + END);
        AppSinkSource sink = source(pipeline);
        // The load sees a stream that ends; why it did has to be seen, too.
        pipeline.endOfStream().addListener(end -> {
            if (end.cause() instanceof GstException failure) {
                failure.printStackTrace();
            }
        });
        pipeline.play().sync();
        return BenchServer.bindTcp(transport, group, new Client(sink));
    }

    private static final class Discarding extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            // It is released.
        }
    }

    @Sharable
    private static final class Client extends ChannelInboundHandlerAdapter {

        private final AppSinkSource sink;

        Client(AppSinkSource sink) {
            this.sink = sink;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the load sees a client that gets nothing
        public void channelActive(ChannelHandlerContext context) {
            context.channel().config().setWriteBufferWaterMark(PATIENCE);
            sink.add(context.channel());
            context.fireChannelActive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            BenchServer.closeOnError(context, cause);
        }
    }
}
