package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.Future;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.RawGst;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** The end of a pipeline, at any moment and by anybody. */
@ParameterizedClass
@EnumSource
class GstPipelineCloseTest {
    private static final String PLAYABLE = "videotestsrc is-live=true ! video/x-raw,framerate=100/1 ! fakesink";

    private final LoopFixture fixture;

    GstPipelineCloseTest(LoopKind kind) {
        fixture = kind.open();
    }

    @BeforeAll
    static void requireElements() {
        GStreamer.requireElements("appsrc", "fakesink", "filesrc", "videotestsrc");
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
    }

    private GstPipeline parse(String description) {
        return GstPipeline.parse(fixture.loop(), description);
    }

    private static long retain(GstPipeline pipeline) {
        LibGst.gst_object_ref(pipeline.address());
        return pipeline.address();
    }

    @Test
    void shouldCloseBeforeAnythingElse() throws Exception {
        GstPipeline pipeline = parse("fakesrc");
        long address = retain(pipeline);
        Await.success(pipeline.close());
        LastReference.drop(address);
    }

    @Test
    void shouldCloseOnTheLoopBeforeItIsRegistered() throws Exception {
        Future<Void> closed = fixture.call(() -> parse(PLAYABLE).close());
        Await.success(closed);
    }

    @Test
    void shouldCloseOnce() throws Exception {
        GstPipeline pipeline = parse(PLAYABLE);
        AtomicInteger closed = new AtomicInteger();
        pipeline.onClose(closed::incrementAndGet);
        Await.success(pipeline.play());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(pipeline::close));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(pipeline.close()).isSameAs(pipeline.closeFuture());
        Await.success(pipeline.closeFuture());
        assertThat(closed).hasValue(1);
        pipeline.onClose(closed::incrementAndGet);
        assertThat(closed).hasValue(2);
    }

    @Test
    void shouldDoNothingAfterwards() throws Exception {
        GstPipeline pipeline = parse(PLAYABLE);
        Future<Void> end = pipeline.endOfStream();
        Await.success(pipeline.play());
        Await.success(pipeline.close());
        assertThat(Await.failure(pipeline.play()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        assertThat(Await.failure(end)).isInstanceOf(IllegalStateException.class);
        assertThat(Await.failure(pipeline.endOfStream())).isInstanceOf(IllegalStateException.class);
        assertThat(Await.failure(pipeline.sendEndOfStream())).isInstanceOf(IllegalStateException.class);
        assertThat(pipeline.state()).isEqualTo(GstState.NULL);
        assertThat(pipeline.has("fakesink0")).isFalse();
        assertThatThrownBy(() -> pipeline.rawElement("any")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellOfNothingOnceAListenerHasClosed() throws Exception {
        GstPipeline pipeline = parse("fakesrc");
        long address = retain(pipeline);
        Await.success(pipeline.ready());
        AtomicInteger heard = new AtomicInteger();
        pipeline.addListener(message -> {
            if (message instanceof GstBusMessage.Buffering) {
                heard.incrementAndGet();
                pipeline.close();
            }
        });
        fixture.run(() -> {
            for (int i = 0; i < 10; i++) {
                RawGst.post(pipeline.address(), RawGst.newBuffering(pipeline.address(), i));
            }
        });
        Await.success(pipeline.closeFuture());
        assertThat(heard).hasValue(1);
        LastReference.drop(address);
    }

    @Test
    void shouldCloseWhileItsStateChanges() throws Exception {
        List<Future<Void>> closed = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            GstPipeline pipeline = parse(PLAYABLE);
            Future<Void> playing = pipeline.play();
            TimeUnit.MICROSECONDS.sleep(i * 100L);
            closed.add(pipeline.close());
            Await.done(playing);
        }
        for (Future<Void> one : closed) {
            Await.success(one);
        }
    }

    @Test
    void shouldFailAChangeThatNeverEnds() throws Exception {
        GstPipeline pipeline = parse("appsrc ! fakesink");
        Future<Void> paused = pipeline.pause();
        Await.until(() -> pipeline.state() == GstState.READY, () -> "READY");
        Await.success(pipeline.close());
        assertThat(Await.failure(paused)).isInstanceOf(IllegalStateException.class);
    }

    /** An element that opens a FIFO waits for whoever writes into it. */
    @Test
    void shouldCloseWhenABlockedElementGoesOn(@TempDir Path directory) throws Exception {
        Path fifo = Program.makeFifo(directory.resolve("fifo"));
        GstPipeline pipeline = parse("filesrc location=" + fifo + " ! fakesink");
        Future<Void> playing = pipeline.play();
        Await.until(StateThreadsProbe::isInSetState, () -> "a blocked thread");
        Future<Void> closed = pipeline.close();
        assertThat(Await.failure(playing)).isInstanceOf(IllegalStateException.class);
        fixture.run(() -> {});
        assertThat(closed.isDone()).isFalse();
        release(fifo);
        Await.success(closed);
    }

    @Test
    void shouldNameABlockedElement(@TempDir Path directory) throws Exception {
        Path fifo = Program.makeFifo(directory.resolve("fifo"));
        GstPipeline pipeline = parse("filesrc name=reader location=" + fifo + " ! fakesink");
        pipeline.play();
        long reader = pipeline.rawElement("reader");
        Await.until(
                () -> LibGstElement.gst_element_get_state(reader).pending() == GstState.PAUSED.ordinal(),
                () -> "an element on its way");
        NativePipeline.release(reader);
        Future<Void> playing = pipeline.setState(GstState.PLAYING, Duration.ofMillis(500));
        assertThat(Await.failure(playing)).hasMessageContaining("reader (READY, going to PAUSED)");
        release(fifo);
    }

    private static void release(Path fifo) throws Exception {
        try (OutputStream writer = Files.newOutputStream(fifo)) {
            writer.flush();
        }
    }

    @Test
    void shouldEndWithItsLoop() throws Exception {
        List<GstPipeline> pipelines = new ArrayList<>();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            GstPipeline pipeline = parse(PLAYABLE);
            pipelines.add(pipeline);
            addresses.add(retain(pipeline));
            pipeline.play();
        }
        AtomicReference<Thread> teller = new AtomicReference<>();
        pipelines.getFirst().closeFuture().addListener(closed -> teller.set(Thread.currentThread()));
        Await.success(pipelines.getLast().play());
        fixture.group().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
        assertThat(fixture.group().awaitTermination(Await.SECONDS, TimeUnit.SECONDS))
                .isTrue();
        for (GstPipeline pipeline : pipelines) {
            assertThat(pipeline.closeFuture().isSuccess()).isTrue();
        }
        assertThat(teller.get()).isNotNull();
        for (long address : addresses) {
            LastReference.drop(address);
        }
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> parse(PLAYABLE));
        assertThat(Await.failure(pipelines.getFirst().play())).isInstanceOf(IllegalStateException.class);
    }

    /** It is registered by a task of the shutdown, after the loop has told its handles. */
    @Test
    void shouldEndWithALoopThatEndsAlready() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (LoopFixture young = fixture.loop().isAttached() ? LoopKind.ATTACHED.open() : new LoopFixture()) {
                GstPipeline pipeline = GstPipeline.parse(young.loop(), PLAYABLE);
                young.group().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
                Await.success(pipeline.closeFuture());
            }
        }
    }

    @Test
    void shouldBeFreedAfterALoopThatDidNotWait(@TempDir Path directory) throws Exception {
        Path fifo = Program.makeFifo(directory.resolve("fifo"));
        GstPipeline pipeline = parse("filesrc location=" + fifo + " ! fakesink");
        long address = retain(pipeline);
        Future<Void> playing = pipeline.play();
        Await.until(StateThreadsProbe::isInSetState, () -> "a blocked thread");
        fixture.group().shutdownGracefully(0, 500, TimeUnit.MILLISECONDS);
        assertThat(fixture.group().awaitTermination(Await.SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(Await.failure(playing)).isInstanceOf(IllegalStateException.class);
        assertThat(pipeline.closeFuture().isDone()).isFalse();
        AtomicInteger told = new AtomicInteger();
        pipeline.closeFuture().addListener(closed -> told.incrementAndGet());
        release(fifo);
        Await.until(() -> told.get() == 1, () -> "the listener of the end");
        LastReference.drop(address);
    }
}
