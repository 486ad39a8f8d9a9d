package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @TempDir
    Path directory;

    AppSinkContainersTest() {
        super(LoopKind.OWN_THREAD);
    }

    /** A key frame every eight pictures. */
    private enum Container {
        WEBM("vp8enc deadline=1 keyframe-max-dist=8 ! webmmux streamable=true", "matroskademux", "vp8dec"),
        MPEG_TS("openh264enc gop-size=8 ! h264parse ! mpegtsmux", "tsdemux", "h264parse", "openh264dec"),
        FRAGMENTED_MP4(
                "openh264enc gop-size=8 ! h264parse ! mp4mux fragment-duration=100 streamable=true",
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
            return new SinkPipeline(source + " num-buffers=" + PICTURES + " ! video/x-raw,format=I420,width=" + WIDTH
                    + ",height=" + HEIGHT + ",framerate=30/1 ! " + muxer + " ! " + sink);
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
            GStreamer.requireElements("videotestsrc", "tcpclientsrc");
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

    @ParameterizedTest
    @EnumSource
    void shouldLetAPlayerJoinARunningStream(Container container) throws Exception {
        container.require();
        try (SinkPipeline pipeline = container
                        .pipeline("videotestsrc is-live=true", "appsink name=out")
                        .play();
                AppSinkSource source = pipeline.source().build()) {
            // It has begun.
            Await.until(() -> source.metrics().frames() > 3, () -> "frames");
            try (Program player =
                    Program.start(container.player(viewers.address().getPort()))) {
                Await.success(source.add(viewers.next().channel));
                byte[] pictures = player.awaitSuccess();
                assertThat(pictures.length % PICTURE_BYTES).isZero();
                assertThat(pictures.length / PICTURE_BYTES).isBetween(PICTURES / 4, PICTURES - 2);
            }
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }
}
