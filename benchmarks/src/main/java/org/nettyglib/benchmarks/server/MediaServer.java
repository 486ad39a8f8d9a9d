package org.nettyglib.benchmarks.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
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

    private MediaServer() {}

    public static void main(String[] args) throws Exception {
        Transport transport = Transport.byId(args[0]);
        BenchServer.run(transport, group -> serve(transport, group, args[1]));
    }

    private static Channel serve(Transport transport, EventLoopGroup group, String source) throws InterruptedException {
        GstPipeline pipeline = GstPipeline.parse(group.next(), source + END);
        AppSinkSource sink = AppSinkSource.builder(pipeline, "out").build();
        // The load sees a stream that ends; why it did has to be seen, too.
        pipeline.endOfStream().addListener(end -> {
            if (end.cause() instanceof GstException failure) {
                failure.printStackTrace();
            }
        });
        pipeline.play().sync();
        return BenchServer.bindTcp(transport, group, new Client(sink));
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
            sink.add(context.channel());
            context.fireChannelActive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            BenchServer.closeOnError(context, cause);
        }
    }
}
