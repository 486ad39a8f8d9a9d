package org.nettyglib.examples.live.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.channel.Await;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.loop.GLibEventLoopGroup;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePipelineTest {

    private static final Picture.Format TINY = new Picture.Format(64, 48, 50);

    private GLibEventLoopGroup group;
    private EventLoop loop;
    private Counting outlet;

    @BeforeEach
    void startLoop() {
        GStreamerElements.assumeTestPicture();
        group = new GLibEventLoopGroup();
        loop = group.next();
        outlet = new Counting(loop);
    }

    @AfterEach
    void stopLoop() {
        if (group != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void shouldBringFramesAndMessagesToTheLoop() throws Exception {
        LivePipeline pipeline = play(false);
        Await.until(() -> outlet.frames.get() >= 20, () -> "20 frames");
        close(pipeline);

        assertThat(outlet.strangers).as("calls on other threads").hasValue(0);
        assertThat(outlet.messages).as("bus messages").hasPositiveValue();
    }

    @Test
    void shouldBringSound() throws Exception {
        GStreamerElements.assumeInstalled("audiotestsrc", "audioconvert", "audioresample");
        LivePipeline pipeline = play(true);
        Await.until(() -> outlet.samples.get() >= LivePipeline.SOUND_RATE / 4, () -> "a quarter of a second");
        close(pipeline);

        assertThat(outlet.strangers).as("calls on other threads").hasValue(0);
    }

    @Test
    void shouldBringNothingAfterItWasClosed() throws Exception {
        LivePipeline pipeline = play(false);
        Await.until(() -> outlet.frames.get() >= 3, () -> "3 frames");
        int frames = loop.submit(() -> {
                    pipeline.close();
                    return outlet.frames.get();
                })
                .get();
        Thread.sleep(300);

        assertThat(outlet.frames).hasValue(frames);
    }

    private LivePipeline play(boolean sound) throws Exception {
        return loop.submit(() -> {
                    LivePipeline pipeline = LivePipeline.open(new Picture.Test(TINY, sound), loop, outlet);
                    pipeline.play();
                    return pipeline;
                })
                .get();
    }

    private void close(LivePipeline pipeline) throws Exception {
        Await.success(loop.submit(pipeline::close).get());
    }
}
