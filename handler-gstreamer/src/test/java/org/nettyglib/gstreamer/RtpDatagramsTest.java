package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.GLibDatagramChannel;
import org.nettyglib.channel.Program;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;
import org.nettyglib.gstreamer.ffi.LibGstSample;
import org.nettyglib.loop.LoopKind;

/** RTP by datagram channels, with gst-launch-1.0 or a plain socket at the other end. */
@ParameterizedClass
@EnumSource
class RtpDatagramsTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    /** A picture in I420. */
    private static final int PICTURE = WIDTH * HEIGHT * 3 / 2;

    private static final String CAMERA = "videotestsrc is-live=true ! video/x-raw,width=" + WIDTH + ",height=" + HEIGHT
            + ",framerate=50/1 ! vp8enc deadline=1 keyframe-max-dist=5 ! rtpvp8pay name=pay";
    private static final String VP8 = RtpDatagrams.caps("video", "VP8", 96, 90_000);

    private final LoopKind kind;
    private AppSrcFixture fixture;

    @TempDir
    Path directory;

    RtpDatagramsTest(LoopKind kind) {
        this.kind = kind;
    }

    @BeforeAll
    static void requireElements() {
        Program.assumeInstalled("gst-launch-1.0", "gstreamer1.0-tools");
        GStreamer.requireElements(
                "videotestsrc",
                "vp8enc",
                "vp8dec",
                "rtpvp8pay",
                "rtpvp8depay",
                "rtpjitterbuffer",
                "rtpbin",
                "udpsrc",
                "udpsink");
    }

    @BeforeEach
    void open() {
        fixture = new AppSrcFixture(kind);
    }

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    private Channel bind(ChannelHandler handler) throws InterruptedException {
        return ChannelFixture.channel(new Bootstrap()
                .group(fixture.loops().group())
                .channel(GLibDatagramChannel.class)
                .handler(handler)
                .bind(ChannelFixture.ANY_PORT));
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static DatagramSocket socket() throws Exception {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout((int) Duration.ofSeconds(Await.SECONDS).toMillis());
        return socket;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** The header of RFC 3550, 5.1. */
    private record Header(int payloadType, int sequence, int timestamp, int ssrc) {
        static Header receive(DatagramSocket socket) throws Exception {
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            socket.receive(packet);
            ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
            assertThat(bytes.get(0) >> 6 & 3).as("version").isEqualTo(2);
            assertThat(packet.getLength()).isGreaterThan(12);
            return new Header(bytes.get(1) & 127, bytes.getShort(2) & 0xffff, bytes.getInt(4), bytes.getInt(8));
        }
    }

    private AppSinkSource source(GstPipeline pipeline, Collection<InetSocketAddress> recipients) {
        return AppSinkSource.builder(pipeline, "rtp")
                .encoder(RtpDatagrams.to(recipients))
                .startAtKeyFrame(false)
                .slowViewers(SlowViewerPolicy.dropOldest(1000))
                .build();
    }

    @Test
    void shouldSendPacketsAsThePayloaderMadeThem() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(
                fixture.loops().loop(),
                CAMERA + " seqnum-offset=65530 timestamp-offset=1000 ssrc=1234567 pt=97 ! appsink name=rtp");
        try (DatagramSocket first = socket();
                DatagramSocket second = socket()) {
            Collection<InetSocketAddress> recipients = ConcurrentHashMap.newKeySet();
            recipients.add(address(first));
            AppSinkSource source = source(pipeline, recipients);
            Channel channel = bind(new ChannelInboundHandlerAdapter());
            Await.success(source.add(channel));
            pipeline.play();

            Header before = Header.receive(first);
            assertThat(before).isEqualTo(new Header(97, 65530, before.timestamp(), 1234567));
            // A live source does not begin at zero quite, but when its thread comes to it.
            assertThat(before.timestamp()).isBetween(1000, 1000 + (int) Await.SECONDS * 90_000);
            for (int i = 0; i < 20; i++) {
                Header next = Header.receive(first);
                assertThat(next.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
                // Packets of one picture have one time, and pictures are 20 ms apart.
                assertThat((next.timestamp() - before.timestamp()) % 1800).isZero();
                before = next;
            }

            recipients.add(address(second));
            Header late = Header.receive(second);
            assertThat(late.ssrc()).isEqualTo(1234567);
            recipients.clear();
            Await.success(pipeline.close());
            Await.success(channel.close());
        }
    }

    @Test
    void shouldBeUnderstoodByGstLaunch() throws Exception {
        int packets = 60;
        int port;
        try (DatagramSocket free = socket()) {
            port = free.getLocalPort();
        }
        Path pictures = directory.resolve("pictures");
        try (Program program = Program.start(
                "gst-launch-1.0",
                "udpsrc",
                "address=127.0.0.1",
                "port=" + port,
                "num-buffers=" + packets,
                "caps=" + VP8,
                "!",
                "rtpjitterbuffer",
                "!",
                "rtpvp8depay",
                "!",
                "vp8dec",
                "!",
                "filesink",
                "location=" + pictures)) {
            GstPipeline pipeline = GstPipeline.parse(fixture.loops().loop(), CAMERA + " pt=96 ! appsink name=rtp");
            AppSinkSource source =
                    source(pipeline, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            Channel channel = bind(new ChannelInboundHandlerAdapter());
            Await.success(source.add(channel));
            pipeline.play();
            program.awaitSuccess();
            Await.success(pipeline.close());
            Await.success(channel.close());
        }
        assertThat(Files.size(pictures) % PICTURE).isZero();
        assertThat(Files.size(pictures) / PICTURE).isBetween(packets / 4L, (long) packets);
    }

    @Test
    void shouldUnderstandGstLaunch() throws Exception {
        try (RawPipeline pipeline = RawPipeline.parse(
                        "appsrc name=in ! rtpjitterbuffer ! rtpvp8depay ! vp8dec ! appsink name=out sync=false");
                AppSrcHandler handler = pipeline.handler("in")
                        .caps(VP8)
                        .liveTimestamps()
                        .keepOpen(true)
                        .build()) {
            pipeline.play();
            Channel channel = bind(fixture.initializer(handler));
            try (Program program = Program.start(
                    List.of(("gst-launch-1.0 " + CAMERA + " pt=96 ! udpsink host=127.0.0.1 port=" + port(channel))
                            .split(" ")))) {
                long out = pipeline.element("out");
                long before = -1;
                for (int i = 0; i < 20; i++) {
                    long sample = RawPipeline.pull(out);
                    assertThat(sample).as("picture %d, %s", i, program).isNotZero();
                    MediaFrame frame = GstBuffers.frame(LibGstSample.gst_sample_get_buffer(sample), null);
                    assertThat(frame.content().readableBytes()).isEqualTo(PICTURE);
                    assertThat(frame.pts()).isGreaterThan(before);
                    before = frame.pts();
                    frame.release();
                    LibGstMiniObject.gst_mini_object_unref(sample);
                }
                LibGobject.g_object_unref(out);
            }
            Await.success(channel.close());
            assertThat(pipeline.has(RawPipeline.ERROR | RawPipeline.EOS)).isFalse();
        }
        assertThat(fixture.thrown).isEmpty();
    }

    /** Both ends of a session, each with a channel for RTP and one for RTCP. */
    @Test
    void shouldExchangeReportsWithRtpbin() throws Exception {
        String camera = "videotestsrc is-live=true ! video/x-raw,width=64,height=48,framerate=50/1 ! vp8enc deadline=1"
                + " ! rtpvp8pay pt=96 ! bin.send_rtp_sink_0 rtpbin name=bin bin.send_rtp_src_0 ! appsink name=rtp"
                + " bin.send_rtcp_src_0 ! appsink name=rtcp-out sync=false async=false"
                + " appsrc name=rtcp-in caps=application/x-rtcp ! bin.recv_rtcp_sink_0";
        GstPipeline pipeline = GstPipeline.parse(fixture.loops().loop(), camera);
        try (DatagramSocket rtp = socket();
                DatagramSocket rtcp = socket()) {
            AppSrcHandler reports = AppSrcHandler.builder(pipeline, "rtcp-in")
                    .liveTimestamps()
                    .keepOpen(true)
                    .build();
            AppSinkSource media = source(pipeline, List.of(address(rtp)));
            AppSinkSource sent = AppSinkSource.builder(pipeline, "rtcp-out")
                    .encoder(RtpDatagrams.to(address(rtcp)))
                    .build();
            Channel mediaChannel = bind(new ChannelInboundHandlerAdapter());
            Channel reportChannel = bind(fixture.initializer(reports));
            Await.success(media.add(mediaChannel));
            Await.success(sent.add(reportChannel));
            pipeline.play();

            Header first = Header.receive(rtp);
            DatagramPacket report = new DatagramPacket(new byte[2000], 2000);
            rtcp.receive(report);
            ByteBuffer bytes = ByteBuffer.wrap(report.getData(), 0, report.getLength());
            // A sender report of RFC 3550, 6.4.1.
            assertThat(bytes.get(1) & 0xff).isEqualTo(200);
            assertThat(bytes.getInt(4)).isEqualTo(first.ssrc());

            // An empty receiver report, RFC 3550, 6.4.2.
            byte[] empty = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};
            rtcp.send(new DatagramPacket(empty, empty.length, report.getSocketAddress()));
            Header.receive(rtp);
            assertThat(fixture.thrown).isEmpty();
            Await.success(pipeline.close());
            Await.success(mediaChannel.close());
            Await.success(reportChannel.close());
        }
    }

    @Test
    void shouldDescribeAStream() {
        assertThat(MediaCaps.of(VP8).toString()).contains("VP8", "90000", "96");
        assertThatThrownBy(() -> RtpDatagrams.caps("video", "VP8", 128, 90_000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RtpDatagrams.caps("video", "", 96, 90_000))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
