package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.ffi.RawGst;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** Futures of a pipeline that have to mind their own business. */
@ParameterizedClass
@EnumSource
class PipelineEdgesTest {
    private final LoopFixture fixture;

    PipelineEdgesTest(LoopKind kind) {
        fixture = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
    }

    @Test
    void shouldNotFailByAnothersTimeout() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "appsrc name=in ! appsink name=out");
        Future<Void> patient = pipeline.play();
        Future<Void> hasty = pipeline.setState(GstState.PLAYING, Duration.ofMillis(100));
        Await.failure(hasty);
        Thread.sleep(200);
        boolean done = patient.isDone();
        Await.success(pipeline.close());
        assertThat(done).isFalse();
    }

    @Test
    void shouldNotBeCancelledByAnother() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "appsrc name=in ! appsink name=out");
        Future<Void> patient = pipeline.play();
        pipeline.play().cancel(false);
        Thread.sleep(200);
        boolean done = patient.isDone();
        Await.success(pipeline.close());
        assertThat(done).isFalse();
    }

    @Test
    void shouldNotTakeTheEndOfTheRunBefore() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "appsrc name=in ! fakesink name=out async=false");
        AppSrcHandler handler = AppSrcHandler.builder(pipeline, "in").build();
        Await.success(pipeline.play());
        CountDownLatch blocked = fixture.block();
        pipeline.sendEndOfStream();
        long sink = pipeline.rawElement("out");
        Await.until(() -> RawGst.hasEos(sink), () -> "the end on the bus");
        NativePipeline.release(sink);
        pipeline.ready();
        Await.until(() -> pipeline.state() == GstState.READY, () -> "READY, not " + pipeline.state());
        Future<Void> playing = pipeline.play();
        blocked.countDown();
        Await.success(playing);
        boolean done = pipeline.endOfStream().await(1, TimeUnit.SECONDS);
        Await.success(pipeline.close());
        handler.close();
        assertThat(done).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 7, 8, 9})
    void shouldCloseDeepInListeners(int depth) throws Exception {
        CompletableFuture<GstPipeline> made = new CompletableFuture<>();
        fixture.run(() -> nest(depth, () -> {
            GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "fakesrc ! fakesink");
            pipeline.close();
            made.complete(pipeline);
        }));
        assertThat(made.get().closeFuture().await(Await.SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    private void nest(int depth, Runnable action) {
        if (depth == 0) {
            action.run();
            return;
        }
        Promise<Void> promise = fixture.loop().newPromise();
        promise.addListener(done -> nest(depth - 1, action));
        promise.setSuccess(null);
    }
}
