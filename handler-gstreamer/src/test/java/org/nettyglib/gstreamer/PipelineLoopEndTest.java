package org.nettyglib.gstreamer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** A loop that ends while its pipelines are coming. */
@ParameterizedClass
@EnumSource
class PipelineLoopEndTest {
    private final LoopKind kind;

    PipelineLoopEndTest(LoopKind kind) {
        this.kind = kind;
    }

    @BeforeAll
    static void start() {
        GStreamer.init();
    }

    /** What was registered when the others had been told of the end was never told, and waited for. */
    @RepeatedTest(40)
    void shouldEndWithPipelinesThatHaveJustCome() throws Exception {
        GstPipeline first;
        GstPipeline second;
        try (LoopFixture loops = kind.open()) {
            first = GstPipeline.parse(loops.loop(), "fakesrc ! fakesink");
            loops.loop().execute(() -> {});
            second = GstPipeline.parse(loops.loop(), "fakesrc ! fakesink");
        }
        Await.success(first.closeFuture());
        Await.success(second.closeFuture());
    }
}
