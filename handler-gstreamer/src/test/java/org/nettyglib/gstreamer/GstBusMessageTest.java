package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.ffi.RawGst;
import org.nettyglib.loop.LoopFixture;

/** Each kind of message as an object. */
class GstBusMessageTest {
    private final LoopFixture fixture = new LoopFixture();
    private final GstPipeline pipeline =
            GstPipeline.parse(fixture.loop(), "videotestsrc name=src num-buffers=3 ! fakesink name=sink");
    private final RecordingListener listener = new RecordingListener(pipeline);
    private final long address = pipeline.address();

    @BeforeEach
    void setUp() throws Exception {
        Await.success(pipeline.ready());
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
    }

    @Test
    void shouldTellOfAPipelinesLife() throws Exception {
        pipeline.play();
        GstBusMessage.StateChanged ofElement =
                listener.await(GstBusMessage.StateChanged.class, m -> m.source().equals("sink"));
        assertThat(ofElement.ofPipeline()).isFalse();
        GstBusMessage.StateChanged ofPipeline =
                listener.await(GstBusMessage.StateChanged.class, m -> m.ofPipeline() && m.before() == GstState.PAUSED);
        assertThat(ofPipeline.after()).isEqualTo(GstState.PLAYING);
        assertThat(ofPipeline.pending()).isEqualTo(GstState.VOID_PENDING);
        assertThat(ofPipeline.source()).startsWith("pipeline");
        assertThat(listener.await(GstBusMessage.AsyncDone.class).source()).isEqualTo(ofPipeline.source());
        listener.await(GstBusMessage.StreamStart.class);
        assertThat(listener.await(GstBusMessage.EndOfStream.class).source()).isEqualTo(ofPipeline.source());
        GstBusMessage.Other status =
                listener.await(GstBusMessage.Other.class, m -> m.type().equals("stream-status"));
        assertThat(status.source()).isEqualTo("src");
        assertThat(status.text()).contains("GstMessageStreamStatus");
    }

    @Test
    void shouldReadWarningsInformationAndErrors() throws Exception {
        RawGst.post(address, RawGst.newReport("warning", address, "50 % süß", "at line 1"));
        GstException warning = listener.await(GstBusMessage.Warning.class).cause();
        assertThat(warning.element()).isEqualTo(pipeline.toString().replaceAll(".*\\((.*)\\)", "$1"));
        assertThat(warning).hasMessageContaining("50 % süß").hasMessageContaining("at line 1");
        assertThat(warning.domain()).isEqualTo("gst-library-error-quark");
        assertThat(warning.code()).isEqualTo(2);
        assertThat(warning.debug()).isEqualTo("at line 1");
        RawGst.post(address, RawGst.newReport("info", address, "good to know", ""));
        assertThat(listener.await(GstBusMessage.Info.class).cause()).hasMessageEndingWith("good to know");
        RawGst.post(address, RawGst.newReport("error", address, "broken", ""));
        GstException error = listener.await(GstBusMessage.Error.class).cause();
        assertThat(error).hasMessageContaining("broken");
        assertThat(Await.failure(pipeline.endOfStream())).isSameAs(error);
    }

    @Test
    void shouldReadNumbers() throws Exception {
        RawGst.post(address, RawGst.newBuffering(address, 42));
        assertThat(listener.await(GstBusMessage.Buffering.class).percent()).isEqualTo(42);
        RawGst.post(address, RawGst.newQos(address, 1_000_000_000));
        GstBusMessage.Qos qos = listener.await(GstBusMessage.Qos.class);
        assertThat(List.of(qos.runningTime(), qos.streamTime(), qos.timestamp(), qos.duration()))
                .containsExactly(1_000_000_000L, 1_000_000_001L, 1_000_000_002L, 1_000_000_003L);
        assertThat(qos.live()).isTrue();
    }

    @Test
    void shouldReadWhatHasAStructure() throws Exception {
        RawGst.post(address, RawGst.newStructured("application", 0, "greeting, to=(string)world, times=(int)3"));
        GstBusMessage.Application greeting = listener.await(GstBusMessage.Application.class);
        assertThat(greeting.source()).isEqualTo(GstBusMessage.APPLICATION);
        assertThat(greeting.name()).isEqualTo("greeting");
        assertThat(greeting.text()).contains("world").contains("3");
        RawGst.post(address, RawGst.newStructured("element", address, "level, rms=(double)0.5"));
        assertThat(listener.await(GstBusMessage.Element.class).name()).isEqualTo("level");
        RawGst.post(address, RawGst.newTag(address, "taglist, title=(string)Ode;"));
        assertThat(listener.await(GstBusMessage.Tag.class).tags())
                .contains("title")
                .contains("Ode");
    }

    @Test
    void shouldReadTheRest() throws Exception {
        RawGst.post(address, RawGst.newLatency(address));
        listener.await(GstBusMessage.Latency.class);
        RawGst.post(address, RawGst.newDurationChanged(address));
        listener.await(GstBusMessage.DurationChanged.class);
        RawGst.post(address, RawGst.newClockLost(address));
        listener.await(GstBusMessage.ClockLost.class);
    }

    @Test
    void shouldGoOnWhenAListenerThrows() throws Exception {
        pipeline.addListener(message -> {
            throw new IllegalStateException("thrown by a test in a listener");
        });
        RecordingListener after = new RecordingListener(pipeline);
        RawGst.post(address, RawGst.newDurationChanged(address));
        RawGst.post(address, RawGst.newBuffering(address, 1));
        after.await(GstBusMessage.Buffering.class);
        after.await(GstBusMessage.DurationChanged.class);
    }

    @Test
    void shouldNotTellAListenerThatWasRemoved() throws Exception {
        pipeline.removeListener(listener);
        RecordingListener after = new RecordingListener(pipeline);
        RawGst.post(address, RawGst.newBuffering(address, 1));
        after.await(GstBusMessage.Buffering.class);
        assertThat(listener.has(GstBusMessage.Buffering.class::isInstance)).isFalse();
    }
}
