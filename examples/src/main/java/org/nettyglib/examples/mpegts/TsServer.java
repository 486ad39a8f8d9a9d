package org.nettyglib.examples.mpegts;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstPipeline;
import org.nettyglib.gstreamer.SlowViewerPolicy;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * Sends H.264 in an MPEG transport stream to everybody who connects. To look at it: {@code gst-launch-1.0 tcpclientsrc host=localhost port=7040
 * ! tsdemux ! h264parse ! openh264dec ! autovideosink}, or {@code ffplay tcp://localhost:7040}.
 */
public final class TsServer {

    /** The parameters of H.264 stand before each key frame, one a second, so that everybody can begin there. */
    private static final String PIPELINE = """
            videotestsrc is-live=true pattern=ball
              ! video/x-raw,width=640,height=360,framerate=25/1
              ! openh264enc complexity=low gop-size=25 bitrate=1000000 ! h264parse config-interval=-1
              ! mpegtsmux alignment=0 ! appsink name=ts sync=false
            """;

    /** More than a key frame, and what a player may be late without missing anything. */
    private static final WriteBufferWaterMark SOME_SECONDS = new WriteBufferWaterMark(128 << 10, 512 << 10);

    private TsServer() {}

    /**
     * Serves until the pipeline fails or the program is killed.
     *
     * @param args the port, 7040 if there is none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length == 0 ? 7040 : Integer.parseInt(args[0]);
        GStreamer.init();
        GLibEventLoopGroup group = new GLibEventLoopGroup();

        GstPipeline pipeline = GstPipeline.parse(group.next(), PIPELINE);
        AppSinkSource ts = AppSinkSource.builder(pipeline, "ts")
                .startAtKeyFrame(true)
                .slowViewers(SlowViewerPolicy.dropToKeyFrame())
                .onEnd(Channel::close)
                .build();

        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SOME_SECONDS)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Viewer());
                        ts.add(connection);
                    }
                })
                .bind(port)
                .sync()
                .channel();
        pipeline.play().sync();
        System.out.println("MPEG transport stream on port " + ((InetSocketAddress) server.localAddress()).getPort());
        pipeline.endOfStream().sync();
    }

    private static final class Viewer extends ChannelInboundHandlerAdapter {

        /** What is thrown here is that the other side has gone. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
