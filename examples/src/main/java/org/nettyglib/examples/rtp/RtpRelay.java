package org.nettyglib.examples.rtp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.AppSrcHandler;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstPipeline;
import org.nettyglib.gstreamer.RtpDatagrams;
import org.nettyglib.gstreamer.SlowViewerPolicy;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * Takes RTP on one UDP port, puts it in order in a jitter buffer, and sends it to all receivers. The other ends, for instance:
 *
 * <pre>{@code
 * gst-launch-1.0 videotestsrc is-live=true ! vp8enc deadline=1 ! rtpvp8pay ! udpsink host=127.0.0.1 port=7030
 * gst-launch-1.0 udpsrc port=7032 caps=application/x-rtp,media=video,encoding-name=VP8,clock-rate=90000
 *     ! rtpvp8depay ! vp8dec ! autovideosink
 * }</pre>
 */
public final class RtpRelay {

    /** Without {@code async=false} it would not be playing before the first packet. */
    private static final String PIPELINE = """
            appsrc name=in ! rtpjitterbuffer latency=100 ! appsink name=out sync=false async=false
            """;

    private RtpRelay() {}

    /**
     * Relays until the pipeline fails or the program is killed.
     *
     * @param args the port and the receivers, for instance {@code 7030 127.0.0.1:7032 127.0.0.1:7034}
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int port = args.length == 0 ? 7030 : Integer.parseInt(args[0]);
        List<InetSocketAddress> receivers = (args.length < 2
                        ? Stream.of("127.0.0.1:7032")
                        : Arrays.stream(args).skip(1))
                .map(RtpRelay::address)
                .toList();
        GStreamer.init();
        GLibEventLoopGroup group = new GLibEventLoopGroup();

        GstPipeline pipeline = GstPipeline.parse(group.next(), PIPELINE);
        AppSrcHandler in = AppSrcHandler.builder(pipeline, "in")
                .caps(RtpDatagrams.caps("video", "VP8", 96, 90_000))
                .liveTimestamps() // the jitter buffer goes by when a packet came
                .build();
        AppSinkSource out = AppSinkSource.builder(pipeline, "out")
                .slowViewers(SlowViewerPolicy.dropOldest(256))
                .encoder(RtpDatagrams.to(receivers))
                .build();

        Channel relay = new Bootstrap()
                .group(group)
                .channel(GLibDatagramChannel.class)
                .handler(in)
                .bind(port)
                .sync()
                .channel();
        out.add(relay);
        pipeline.play().sync();
        System.out.println(
                "RTP from port " + ((InetSocketAddress) relay.localAddress()).getPort() + " to " + receivers);
        pipeline.endOfStream().sync();
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
