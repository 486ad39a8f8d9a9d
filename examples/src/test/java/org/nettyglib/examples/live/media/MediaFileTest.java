package org.nettyglib.examples.live.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.gstreamer.GstBusMessage;
import org.nettyglib.loop.GLibEventLoopGroup;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MediaFileTest {

    private static final Picture.Format FORMAT = new Picture.Format(160, 90, 10);

    private GLibEventLoopGroup group;
    private EventLoop loop;

    @BeforeEach
    void startLoop() {
        GStreamerElements.assumeTestPicture();
        GStreamerElements.assumeInstalled("playbin");
        group = new GLibEventLoopGroup();
        loop = group.next();
    }

    @AfterEach
    void stopLoop() {
        if (group != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** A file without sound must play to its end although sound is wanted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPlayAFileToItsEnd(boolean sound, @TempDir Path folder) throws Exception {
        GStreamerElements.assumeInstalled("vp8enc", "vp8dec", "webmmux", "matroskademux", "filesink");
        Path file = folder.resolve("a film.webm");
        // The demo's own branch is what plays the recording to its end as well.
        Picture recorder = new Picture.Own(
                "videotestsrc num-buffers=60 ! video/x-raw,width=160,height=90,framerate=20/1 ! tee name=t ! queue ! vp8enc deadline=1"
                        + " ! webmmux ! filesink location=\"" + file + "\" t. ! queue",
                null);
        assertThat(playToItsEnd(recorder).end)
                .isCompletedWithValueMatching(GstBusMessage.EndOfStream.class::isInstance);
        assertThat(Files.size(file)).isPositive();

        Counting played = playToItsEnd(new Picture.File(file, FORMAT, sound));

        assertThat(played.end).isCompletedWithValueMatching(GstBusMessage.EndOfStream.class::isInstance);
        assertThat(played.frames).hasValueGreaterThan(5);
    }

    @Test
    void shouldSayThatAFileIsNoFilm(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "This is no film.\n".repeat(100));

        assertThat(playToItsEnd(new Picture.File(file, FORMAT, false)).end)
                .isCompletedWithValueMatching(GstBusMessage.Error.class::isInstance);
    }

    private Counting playToItsEnd(Picture picture) throws Exception {
        Counting outlet = new Counting(loop);
        LivePipeline pipeline = loop.submit(() -> {
                    LivePipeline opened = LivePipeline.open(picture, loop, outlet);
                    opened.play();
                    return opened;
                })
                .get();
        outlet.end.get(Await.SECONDS, TimeUnit.SECONDS);
        Await.success(loop.submit(pipeline::close).get());
        return outlet;
    }
}
