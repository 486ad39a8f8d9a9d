package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** The life of a pipeline and what it says, with real elements. */
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
                "fakesink", "fakesrc", "filesrc", "videotestsrc", "audiotestsrc", "appsink", "appsrc");
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
        Await.success(pipeline.setState(GstState.NULL));
        assertThat(pipeline.state()).isEqualTo(GstState.NULL);
        Await.success(pipeline.close());
        assertThat(pipeline.closeFuture().isSuccess()).isTrue();
        assertThat(listener.threadsAreTheLoops()).isTrue();
    }
}
