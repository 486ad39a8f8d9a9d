package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopKind;

/** Streams of muxers, to viewers that come before them or later. */
class AppSinkContainersTest extends AppSinkFixture {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final int PICTURE_BYTES = WIDTH * HEIGHT * 3 / 2;
    private static final int PICTURES = 60;
    private static final int PER_SECOND = 30;
    private static final int KEY_DISTANCE = 8;
    private static final String RAW =
            "video/x-raw,format=I420,width=" + WIDTH + ",height=" + HEIGHT + ",framerate=" + PER_SECOND + "/1";

    @TempDir
    Path directory;

    AppSinkContainersTest() {
        super(LoopKind.OWN_THREAD);
    }

    private enum Container {
        WEBM(
                "vp8enc deadline=1 keyframe-max-dist=" + KEY_DISTANCE + " ! webmmux streamable=true",
                "matroskademux",
                "vp8dec"),
        MPEG_TS(
                "openh264enc gop-size=" + KEY_DISTANCE + " ! h264parse ! mpegtsmux",
                "tsdemux",
                "h264parse",
                "openh264dec"),
        FRAGMENTED_MP4(
                "openh264enc gop-size=" + KEY_DISTANCE + " ! h264parse ! mp4mux fragment-duration=100 streamable=true",
                "qtdemux",
                "h264parse",
                "openh264dec");

        private final String muxer;
        private final List<String> decoders;

        Container(String muxer, String... decoders) {
            this.muxer = muxer;
            this.decoders = List.of(decoders);
        }

        SinkPipeline pipeline(String source, String sink) throws Exception {
            return new SinkPipeline(source + " num-buffers=" + PICTURES + " ! " + RAW + " ! " + muxer + " ! " + sink);
        }

        /** A player that writes the pictures it decodes to its output. */
        String[] player(int port) {
            List<String> command =
                    new ArrayList<>(List.of("gst-launch-1.0", "-q", "tcpclientsrc", "host=127.0.0.1", "port=" + port));
            for (String element : decoders) {
                command.add("!");
                command.add(element);
            }
            command.addAll(List.of("!", "fdsink"));
            return command.toArray(String[]::new);
        }

        void require() {
            Program.assumeInstalled("gst-launch-1.0", "gstreamer1.0-tools");
            GStreamer.requireElements("videotestsrc", "appsrc", "tcpclientsrc");
            GStreamer.requireElements(decoders.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendEveryByteOfTheStream(Container container) throws Exception {
        container.require();
        // A sink that cannot go back, as muxers do in files.
        Path fifo = Program.makeFifo(directory.resolve("fifo"));
        try (Program reader = Program.start("cat", fifo.toString());
                SinkPipeline pipeline = container.pipeline(
                        "videotestsrc",
                        "tee name=t ! queue ! filesink location=" + fifo
                                + " t. ! queue ! appsink name=out sync=false");
                AppSinkSource source =
                        pipeline.source().slowViewers(SlowViewerPolicy.block()).build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.play();
            byte[] received = viewed.readAll();
            pipeline.awaitEnd();
            pipeline.stop();
            assertThat(received).isEqualTo(reader.awaitSuccess());
        }
    }

    /** The time of a picture in nanoseconds. */
    private static long time(int picture) {
        return picture * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    }

    private static void push(SinkPipeline pipeline, int from, int to) {
        for (int i = from; i < to; i++) {
            ByteBuf picture = NumberedFrames.frame(i, PICTURE_BYTES);
            pipeline.push(
                    MediaFrame.builder(picture).pts(time(i)).duration(time(1)).build());
        }
    }

    /** Half of the pictures do not come before the player does. */
    @ParameterizedTest
    @EnumSource
    void shouldLetAPlayerJoinARunningStream(Container container) throws Exception {
        container.require();
        AtomicLong newest = new AtomicLong();
        try (SinkPipeline pipeline = container.pipeline("appsrc name=in format=time", "appsink name=out sync=false");
                AppSinkSource source =
                        pipeline.source().slowViewers(SlowViewerPolicy.block()).build()) {
            Await.success(source.listen(loops.loop(), frame -> newest.accumulateAndGet(frame.pts(), Math::max)));
            pipeline.play();
            pipeline.caps(RAW);
            push(pipeline, 0, PICTURES / 2);
            Await.until(() -> newest.get() >= time(KEY_DISTANCE), () -> "only up to " + newest);
            try (Program player =
                    Program.start(container.player(viewers.address().getPort()))) {
                Await.success(source.add(viewers.next().channel));
                push(pipeline, PICTURES / 2, PICTURES);
                byte[] pictures = player.awaitSuccess();
                assertThat(pictures.length % PICTURE_BYTES).isZero();
                assertThat(pictures.length / PICTURE_BYTES)
                        .isBetween(PICTURES / 2 - KEY_DISTANCE, PICTURES - KEY_DISTANCE);
            }
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }
}
