package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;

/** What a pipeline says of itself. */
class PipelineQueriesTest {
    private LoopFixture loops;

    @BeforeEach
    void open() {
        loops = new LoopFixture();
    }

    @AfterEach
    void close() throws Exception {
        loops.close();
    }

    @Test
    void shouldNameElementsOfAKind() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(
                loops.loop(), "fakesrc name=first ! fakesink name=end  ( fakesrc name=second ! identity ! fakesink )");

        assertThat(pipeline.elements("fakesrc")).containsExactlyInAnyOrder("first", "second");
        assertThat(pipeline.elements("videotestsrc")).isEmpty();

        Await.success(pipeline.close());
        assertThat(pipeline.elements("fakesrc")).isEmpty();
    }

    @Test
    void shouldKnowWhereItIsAndWhereItEnds() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(
                loops.loop(), "audiotestsrc num-buffers=10 samplesperbuffer=4410 ! audio/x-raw,rate=44100 ! fakesink");
        assertThat(pipeline.position()).isEmpty();
        assertThat(pipeline.duration()).isEmpty();

        Await.success(pipeline.play());
        Await.success(pipeline.endOfStream());

        assertThat(pipeline.position()).hasValue(TimeUnit.SECONDS.toNanos(1));
        Await.success(pipeline.close());
        assertThat(pipeline.position()).isEmpty();
    }
}
