package org.nettyglib.examples.live.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.freedesktop.gstreamer.gst.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.examples.live.GStreamerElements;
import org.nettyglib.loop.GLibEventLoopGroup;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePipelineTest {

    private static final Picture.Format TINY = new Picture.Format(64, 48, 50);

    private final Counting outlet = new Counting();
    private GLibEventLoopGroup group;
    private EventLoop loop;

    @BeforeEach
    void startLoop() {
        GStreamerElements.assumeTestPicture();
        group = new GLibEventLoopGroup();
        loop = group.next();
    }

    @AfterEach
    void stopLoop() {
        if (group != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void shouldBringFramesAndMessagesToTheLoop() throws Exception {
        LivePipeline pipeline = onLoop(() -> LivePipeline.open(new Picture.Test(TINY, false), loop, outlet));
        onLoop(pipeline::play);
        while (outlet.frames.get() < 20) {
            Thread.sleep(10);
        }
        onLoop(() -> {
            pipeline.close();
            return true;
        });

        assertThat(outlet.strangers).as("calls on other threads").hasValue(0);
        assertThat(outlet.messages).as("bus messages").hasPositiveValue();
    }

    @Test
    void shouldBringSound() throws Exception {
        GStreamerElements.assumeInstalled("audiotestsrc", "audioconvert", "audioresample");
        LivePipeline pipeline = onLoop(() -> LivePipeline.open(new Picture.Test(TINY, true), loop, outlet));
        onLoop(pipeline::play);
        while (outlet.samples.get() < LivePipeline.SOUND_RATE / 4) {
            Thread.sleep(10);
        }
        onLoop(() -> {
            pipeline.close();
            return true;
        });

        assertThat(outlet.strangers).as("calls on other threads").hasValue(0);
    }

    @Test
    void shouldBringNothingAfterItWasClosed() throws Exception {
        LivePipeline pipeline = onLoop(() -> LivePipeline.open(new Picture.Test(TINY, false), loop, outlet));
        onLoop(pipeline::play);
        while (outlet.frames.get() < 3) {
            Thread.sleep(10);
        }
        int frames = onLoop(() -> {
            pipeline.close();
            return outlet.frames.get();
        });
        Thread.sleep(300);

        assertThat(outlet.frames).hasValue(frames);
    }

    /** java-gi leaks a reference to a pipeline and to each of its elements unless they are given back. */
    @Test
    void shouldLeaveNoPipelineBehind() throws Exception {
        List<WeakReference<Element>> pipelines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pipelines.add(onLoop(this::playShortly));
        }

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (pipelines.stream().anyMatch(pipeline -> pipeline.get() != null) && System.nanoTime() < deadline) {
            System.gc();
            Thread.sleep(50);
        }

        // A proxy is held strongly as long as anyone but it has a reference to its GObject.
        assertThat(pipelines).allMatch(pipeline -> pipeline.get() == null);
    }

    private WeakReference<Element> playShortly() {
        PipelineFactory.Parts parts = PipelineFactory.create(new Picture.Test(TINY, false));
        try (LivePipeline pipeline = new LivePipeline(parts, loop, outlet)) {
            pipeline.play();
        }
        return new WeakReference<>(parts.pipeline());
    }

    private <T> T onLoop(Callable<T> work) throws Exception {
        return loop.submit(work).get();
    }

    private final class Counting implements Outlet {

        private final AtomicInteger frames = new AtomicInteger();
        private final AtomicInteger samples = new AtomicInteger();
        private final AtomicInteger messages = new AtomicInteger();
        private final AtomicInteger strangers = new AtomicInteger();

        @Override
        public void frame(ByteBuffer jpeg) {
            count(frames, 1);
        }

        @Override
        public void sound(ByteBuffer block) {
            count(samples, block.remaining() / Short.BYTES);
        }

        @Override
        public void message(BusMessage message) {
            count(messages, 1);
        }

        private void count(AtomicInteger counter, int number) {
            if (!loop.inEventLoop()) {
                strangers.incrementAndGet();
            }
            counter.addAndGet(number);
        }
    }
}
