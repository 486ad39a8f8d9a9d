package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopKind;

/** From an appsink to viewers. */
@ParameterizedClass
@EnumSource
class AppSinkSourceTest extends AppSinkFixture {

    @TempDir
    Path directory;

    AppSinkSourceTest(LoopKind kind) {
        super(kind);
    }

    private static CompletableFuture<byte[]> readLater(Viewed viewed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return viewed.readAll();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    void shouldSendEveryByteToEachViewer() throws Exception {
        byte[] data = new byte[3_000_001];
        new Random(1).nextBytes(data);
        Path file = Files.write(directory.resolve("data"), data);
        try (SinkPipeline pipeline =
                        new SinkPipeline("filesrc blocksize=3000 location=" + file + " ! appsink name=out sync=false");
                AppSinkSource source =
                        pipeline.source().slowViewers(SlowViewerPolicy.block()).build()) {
            List<CompletableFuture<byte[]>> received = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Viewed viewed = viewers.connect();
                Await.success(source.add(viewed.channel));
                received.add(readLater(viewed));
            }
            assertThat(source.viewers()).isEqualTo(5);
            pipeline.play();
            for (CompletableFuture<byte[]> each : received) {
                assertThat(each.get(Await.SECONDS, TimeUnit.SECONDS)).isEqualTo(data);
            }
            Await.success(source.endFuture());
            assertThat(source.metrics().bytes()).isEqualTo(data.length);
            assertThat(source.metrics().frames()).isEqualTo((data.length + 2999) / 3000);
            assertThat(source.metrics().dropped()).isZero();
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }

    /** The payloader hands on the packets of a picture as one list. With {@code cpu-used} of 0 the bytes depend on how long the encoder takes. */
    @Test
    void shouldSendTheBuffersOfAList() throws Exception {
        GStreamer.requireElements("videotestsrc", "vp8enc", "rtpvp8pay");
        byte[] single = packets("");
        assertThat(packets("buffer-list=true")).isEqualTo(single);
    }

    private byte[] packets(String sinkProperties) throws Exception {
        try (SinkPipeline pipeline = new SinkPipeline(
                        "videotestsrc num-buffers=3 pattern=zone-plate kx2=20 ky2=20 ! video/x-raw,width=320,height=240,framerate=25/1"
                                + " ! vp8enc deadline=1 cpu-used=-4 threads=1"
                                + " ! rtpvp8pay mtu=200 seqnum-offset=0 timestamp-offset=0 ssrc=1 ! appsink name=out sync=false "
                                + sinkProperties);
                AppSinkSource source =
                        pipeline.source().slowViewers(SlowViewerPolicy.block()).build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            CompletableFuture<byte[]> received = readLater(viewed);
            pipeline.play();
            byte[] all = received.get(Await.SECONDS, TimeUnit.SECONDS);
            assertThat(source.metrics().frames()).as("packets of 3 pictures").isGreaterThan(6);
            return all;
        }
    }
}
