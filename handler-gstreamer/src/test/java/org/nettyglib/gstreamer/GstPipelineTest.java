package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.ffi.RawGst;
import org.nettyglib.loop.GLibIoHandler;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** The life of a pipeline, with real elements. */
@ParameterizedClass
@EnumSource
class GstPipelineTest {
    private final LoopFixture fixture;

    GstPipelineTest(LoopKind kind) {
        fixture = kind.open();
    }

    @BeforeAll
    static void requireElements() {
        GStreamer.requireElements(
                "appsink", "appsrc", "audiotestsrc", "fakesink", "fakesrc", "audiomixer", "videotestsrc");
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
    }

    private GstPipeline parse(String description) {
        return GstPipeline.parse(fixture.loop(), description);
    }

    @Test
    void shouldGoThroughAllStates() throws Exception {
        GstPipeline pipeline = parse("videotestsrc ! fakesink");
        RecordingListener listener = new RecordingListener(pipeline);
        assertThat(pipeline.state()).isEqualTo(GstState.NULL);
        Await.success(pipeline.ready());
        assertThat(pipeline.state()).isEqualTo(GstState.READY);
        Await.success(pipeline.pause());
        assertThat(pipeline.state()).isEqualTo(GstState.PAUSED);
        Await.success(pipeline.play());
        assertThat(pipeline.state()).isEqualTo(GstState.PLAYING);
        Await.success(pipeline.pause());
        assertThat(pipeline.state()).isEqualTo(GstState.PAUSED);
        Await.success(pipeline.setState(GstState.NULL));
        assertThat(pipeline.state()).isEqualTo(GstState.NULL);
        Await.success(pipeline.close());
        assertThat(pipeline.closeFuture().isSuccess()).isTrue();
        assertThat(listener.threadsAreTheLoops()).isTrue();
    }

    @Test
    void shouldCompleteFuturesOnTheLoopAfterTheMessagesFromBefore() throws Exception {
        GstPipeline pipeline = parse("videotestsrc ! fakesink");
        RecordingListener listener = new RecordingListener(pipeline);
        AtomicInteger told = new AtomicInteger();
        pipeline.play()
                .addListener(done -> told.set(
                        fixture.loop().inEventLoop() && listener.has(m -> isPipelineAt(m, GstState.PLAYING)) ? 1 : 2));
        Await.until(() -> told.get() != 0, () -> "the listener of the future");
        assertThat(told).hasValue(1);
    }

    private static boolean isPipelineAt(GstBusMessage message, GstState state) {
        return message instanceof GstBusMessage.StateChanged change && change.ofPipeline() && change.after() == state;
    }

    @Test
    void shouldEndAndPlayAnew() throws Exception {
        GstPipeline pipeline = parse("videotestsrc num-buffers=5 ! fakesink");
        RecordingListener listener = new RecordingListener(pipeline);
        Future<Void> first = pipeline.endOfStream();
        pipeline.play();
        Await.success(first);
        listener.await(GstBusMessage.EndOfStream.class);
        assertThat(pipeline.endOfStream().isSuccess()).isTrue();
        Await.success(pipeline.ready());
        Future<Void> second = pipeline.endOfStream();
        assertThat(second.isDone()).isFalse();
        pipeline.play();
        Await.success(second);
    }

    @Test
    void shouldEndWhenTold() throws Exception {
        GstPipeline pipeline = parse("videotestsrc is-live=true ! fakesink");
        Await.success(pipeline.play());
        Future<Void> end = pipeline.endOfStream();
        assertThat(end.cancel(false)).isFalse();
        Await.success(pipeline.sendEndOfStream());
        Await.success(end);
    }

    /** GStreamer keeps states locked for as long as a sink that is paused holds the event up: it could neither play nor close. */
    @Test
    void shouldEndWhenItPlaysIfItDoesNotYet() throws Exception {
        GstPipeline pipeline = parse("videotestsrc ! fakesink");
        Future<Void> early = pipeline.sendEndOfStream();
        Await.success(pipeline.pause());
        Future<Void> paused = pipeline.sendEndOfStream();
        Await.success(pipeline.pause());
        assertThat(early.isDone()).isFalse();
        Await.success(pipeline.play());
        Await.success(early);
        Await.success(paused);
        Await.success(pipeline.endOfStream());
        Await.success(pipeline.pause());
        Future<Void> late = pipeline.sendEndOfStream();
        Await.success(pipeline.ready());
        assertThat(Await.failure(late)).hasMessageContaining("was stopped");
    }

    /** Nobody reads what the sink holds. A source that is stopped before it has passed the end on would complain. */
    @Test
    void shouldStopAndCloseWhileASinkHoldsTheEndUp() throws Exception {
        for (int i = 0; i < 200; i++) {
            GstPipeline pipeline = parse("videotestsrc ! appsink max-buffers=1");
            Await.success(pipeline.play());
            Future<Void> sent = pipeline.sendEndOfStream();
            if (i % 2 == 0) {
                pipeline.pause();
                Await.success(pipeline.ready());
            }
            Await.success(pipeline.close());
            Await.done(sent);
        }
    }

    @Test
    void shouldSayThatThereIsNoSourceToEnd() throws Exception {
        GstPipeline pipeline = parse("fakesink async=false");
        Await.success(pipeline.play());
        assertThat(Await.failure(pipeline.sendEndOfStream())).hasMessageContaining("takes the end of the stream");
    }

    @Test
    void shouldPutASingleElementIntoAPipeline() throws Exception {
        GstPipeline pipeline = parse("fakesrc name=only num-buffers=1");
        assertThat(pipeline.has("only")).isTrue();
        assertThat(pipeline.has("other")).isFalse();
        Await.success(pipeline.ready());
        GstPipeline bin = parse("bin.( videotestsrc num-buffers=1 ! fakesink name=inside )");
        assertThat(bin.has("inside")).isTrue();
        bin.play();
        Await.success(bin.endOfStream());
    }

    @Test
    void shouldNameTheElementsThatDoNotGetThereInTime() throws Exception {
        GstPipeline pipeline = parse("appsrc name=silent ! fakesink name=waiting");
        RecordingListener listener = new RecordingListener(pipeline);
        pipeline.pause();
        listener.await(
                GstBusMessage.StateChanged.class, m -> m.source().equals("silent") && m.after() == GstState.PAUSED);
        Future<Void> paused = pipeline.setState(GstState.PAUSED, Duration.ofMillis(300));
        assertThat(Await.failure(paused))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("not within 300 ms")
                .hasMessageContaining("(READY, going to PAUSED) has to be PAUSED")
                .hasMessageContaining("waiting (READY, going to PAUSED)")
                .hasMessageNotContaining("silent");
    }

    @Test
    void shouldCancelAChangeThatAnotherSupersedes() throws Exception {
        GstPipeline pipeline = parse("appsrc ! fakesink");
        Future<Void> paused = pipeline.pause();
        Await.until(() -> pipeline.state() == GstState.READY, () -> "READY");
        Future<Void> ready = pipeline.ready();
        Await.success(ready);
        Await.done(paused);
        assertThat(paused.isCancelled()).isTrue();
    }

    @Test
    void shouldTakeTheSameWishTwice() throws Exception {
        GstPipeline pipeline = parse("videotestsrc ! fakesink");
        Future<Void> first = pipeline.play();
        Future<Void> second = pipeline.play();
        Await.success(second);
        Await.success(first);
        Await.success(pipeline.play());
    }

    @Test
    void shouldTakeAnyOrderOfWishes() throws Exception {
        GstPipeline pipeline = parse("videotestsrc ! fakesink");
        for (int i = 0; i < 50; i++) {
            pipeline.pause();
            pipeline.play();
            pipeline.setState(GstState.NULL);
            pipeline.play();
        }
        Await.success(pipeline.setState(GstState.PLAYING, Duration.ofSeconds(30)));
        assertThat(pipeline.state()).isEqualTo(GstState.PLAYING);
    }

    @Test
    void shouldPlayALiveSourceWithoutPreroll() throws Exception {
        GstPipeline pipeline = parse("audiotestsrc is-live=true ! fakesink");
        Await.success(pipeline.pause());
        Await.success(pipeline.play());
    }

    @Test
    void shouldChooseAnotherClockWhenOneIsLost() throws Exception {
        GstPipeline pipeline = parse("audiotestsrc is-live=true ! fakesink");
        Await.success(pipeline.play());
        RecordingListener listener = new RecordingListener(pipeline);
        RawGst.post(pipeline.address(), RawGst.newClockLost(pipeline.address()));
        listener.await(GstBusMessage.ClockLost.class);
        listener.await(GstBusMessage.StateChanged.class, m -> isPipelineAt(m, GstState.PAUSED));
        listener.await(GstBusMessage.StateChanged.class, m -> isPipelineAt(m, GstState.PLAYING));
    }

    /** The thread of a source stops, rarely, after it was told to go on: it had begun to stop before. */
    @Test
    void shouldWakeASourceThatWentToSleepAsItHadToGoOn() throws Exception {
        GstPipeline pipeline = parse("audiotestsrc name=in is-live=true ! fakesink");
        Await.success(pipeline.play());
        RecordingListener listener = new RecordingListener(pipeline);
        long source = pipeline.rawElement("in");
        // It goes on playing by itself, but its thread does not.
        RawGst.lockState(source, true);
        RawGst.pauseTask(source);
        RawGst.post(pipeline.address(), RawGst.newClockLost(pipeline.address()));
        listener.await(GstBusMessage.StateChanged.class, m -> isPipelineAt(m, GstState.PAUSED));
        listener.await(GstBusMessage.StateChanged.class, m -> isPipelineAt(m, GstState.PLAYING));
        RawGst.lockState(source, false);
        NativePipeline.release(source);
    }

    @Test
    void shouldNotPlayBecauseAClockIsLost() throws Exception {
        GstPipeline pipeline = parse("audiotestsrc is-live=true ! fakesink");
        Await.success(pipeline.play());
        Await.success(pipeline.pause());
        RecordingListener listener = new RecordingListener(pipeline);
        RawGst.post(pipeline.address(), RawGst.newClockLost(pipeline.address()));
        listener.await(GstBusMessage.ClockLost.class);
        fixture.run(() -> {});
        // What was begun for it comes before this.
        Await.success(pipeline.pause());
        assertThat(pipeline.state()).isEqualTo(GstState.PAUSED);
        assertThat(listener.has(m -> isPipelineAt(m, GstState.PLAYING))).isFalse();
    }

    @Test
    void shouldComputeTheLatencyAnew() throws Exception {
        GstPipeline pipeline =
                parse("audiotestsrc is-live=true ! audiomixer name=mixer ! fakesink name=sink sync=true");
        Await.success(pipeline.play());
        RecordingListener listener = new RecordingListener(pipeline);
        long mixer = pipeline.rawElement("mixer");
        long sink = pipeline.rawElement("sink");
        try {
            Await.until(() -> RawGst.latency(sink) > 0, () -> "a latency");
            long before = RawGst.latency(sink);
            RawGst.set(mixer, "latency", "300000000");
            listener.await(GstBusMessage.Latency.class);
            Await.until(
                    () -> RawGst.latency(sink) >= before + 300_000_000,
                    () -> "300 ms more than " + before + ", but " + RawGst.latency(sink));
        } finally {
            NativePipeline.release(mixer);
            NativePipeline.release(sink);
        }
    }

    /** Both would be told on the loop's thread, which must not be blocked by what the other has to do. */
    @Test
    void shouldNotStarveTheLoopWithMessages() throws Exception {
        int messages = 5000;
        GstPipeline pipeline = parse("fakesrc");
        Await.success(pipeline.ready());
        AtomicInteger received = new AtomicInteger();
        pipeline.addListener(message -> received.incrementAndGet());
        CountDownLatch blocked = fixture.block();
        for (int i = 0; i < messages; i++) {
            RawGst.post(pipeline.address(), RawGst.newBuffering(pipeline.address(), 50));
        }
        Future<Integer> task = fixture.loop().submit(received::get);
        blocked.countDown();
        Await.success(task);
        assertThat(task.getNow()).isLessThan(1000);
        Await.until(() -> received.get() >= messages, () -> messages + " messages, but " + received);
    }

    @Test
    void shouldRefuseALoopThatIsNoneOfGlibs() {
        try (MultiThreadIoEventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GstPipeline.parse(nio.next(), "fakesrc"))
                    .withMessageContaining("GLibEventLoopGroup");
            nio.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        DefaultEventLoop plain = new DefaultEventLoop();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GstPipeline.parse(plain, "fakesrc"))
                .withMessageContaining("DefaultEventLoop");
        plain.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void shouldServeALoopOfAnotherClass() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory());
        GstPipeline pipeline = GstPipeline.parse(group.next(), "videotestsrc num-buffers=3 ! fakesink");
        pipeline.play();
        Await.success(pipeline.endOfStream());
        group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
        Await.success(pipeline.closeFuture());
        assertThat(group.awaitTermination(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldRefuseAStateThatIsNone() {
        GstPipeline pipeline = parse("fakesrc");
        assertThatIllegalArgumentException().isThrownBy(() -> pipeline.setState(GstState.VOID_PENDING));
    }
}
