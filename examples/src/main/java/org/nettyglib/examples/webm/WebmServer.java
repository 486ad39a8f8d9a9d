package org.nettyglib.examples.webm;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstPipeline;
import org.nettyglib.gstreamer.SlowViewerPolicy;
import org.nettyglib.loop.GLibEventLoopGroup;

/** Sends what a pipeline encodes to all browsers that look at http://localhost:7020. */
public final class WebmServer {

    /** A key frame each second: that long a new viewer may have to wait for its first picture. */
    private static final String PIPELINE = """
            webmmux name=mux streamable=true ! appsink name=webm sync=false
            videotestsrc is-live=true pattern=ball
              ! video/x-raw,width=640,height=360,framerate=25/1
              ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=25 target-bitrate=800000 ! queue ! mux.
            audiotestsrc is-live=true wave=ticks freq=880 volume=0.4
              ! audioconvert ! audioresample ! opusenc ! queue ! mux.
            """;

    /** More than a key frame, and what a browser may be late without missing anything. */
    private static final WriteBufferWaterMark SOME_SECONDS = new WriteBufferWaterMark(128 << 10, 512 << 10);

    private WebmServer() {}

    /**
     * Serves until the pipeline fails or the program is killed.
     *
     * @param args the port, 7020 if there is none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length == 0 ? 7020 : Integer.parseInt(args[0]);
        GStreamer.init();
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        EventLoop loop = group.next();

        GstPipeline pipeline = GstPipeline.parse(loop, PIPELINE);
        AppSinkSource webm = AppSinkSource.builder(pipeline, "webm")
                .startAtKeyFrame(true)
                .slowViewers(SlowViewerPolicy.dropToKeyFrame())
                .encoder((viewer, frame) ->
                        new DefaultHttpContent(frame.content().retainedDuplicate()))
                .onEnd(viewer -> viewer.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                        .addListener(ChannelFutureListener.CLOSE))
                .build();

        Channel server = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SOME_SECONDS)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(8192), new WebmSite(webm));
                    }
                })
                .bind(port)
                .sync()
                .channel();
        pipeline.play().sync();
        System.out.println("WebM on http://localhost:" + ((InetSocketAddress) server.localAddress()).getPort());
        pipeline.endOfStream().sync();
    }
}
