package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopKind;

/** A source that comes late, frames that do not tell where to begin, and sources that come and go. */
@ParameterizedClass
@EnumSource
class AppSinkEdgesTest extends AppSinkFixture {
    AppSinkEdgesTest(LoopKind kind) {
        super(kind);
    }

    @Test
    void shouldEndWhenSamplesWaitBeforeTheSource() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play()) {
            for (int i = 0; i < 5; i++) {
                pipeline.push(i, true);
            }
            pipeline.end();
            Thread.sleep(500); // all are in the appsink
            try (AppSinkSource source = pipeline.source().build()) {
                assertThat(source.endFuture().await(Await.SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    @Test
    void shouldTellAnEndThatCameBeforeTheSource() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play()) {
            pipeline.end();
            pipeline.awaitEnd();
            try (AppSinkSource source = pipeline.source().build()) {
                Viewed viewed = viewers.connect();
                Await.success(source.add(viewed.channel));
                assertThat(viewed.channel.closeFuture().await(Await.SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    @Test
    void shouldGoOnWithoutKeyFramesAfterTheLoopWasBehind() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(SlowViewerPolicy.dropOldest(4))
                        .startAtKeyFrame(false)
                        .maxPending(2)
                        .build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            try (NumberedFrames frames = new NumberedFrames(viewed)) {
                pipeline.push(0, false);
                frames.await(0);
                var blocked = loops.block();
                for (int i = 1; i < 10; i++) {
                    pipeline.push(i, false);
                }
                Await.until(() -> source.metrics().frames() == 10, () -> "10 frames " + source.metrics());
                blocked.countDown();
                frames.await(2);
                int next = 10;
                for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.SECONDS);
                        System.nanoTime() < end && frames.last() < 10; ) {
                    pipeline.push(next++, false);
                    Thread.sleep(100);
                }
                assertThat(frames.last()).isGreaterThanOrEqualTo(10);
                viewed.channel.close();
            }
        }
    }

    @Test
    void shouldEndBeforeTheNextStream() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(SlowViewerPolicy.block())
                        .maxPending(1)
                        .encoder((viewer, frame) -> {
                            seen.add(frame.content().getInt(Integer.BYTES));
                            return null;
                        })
                        .onEnd(viewer -> seen.add("end"))
                        .build()) {
            Await.success(source.add(viewers.connect().channel));
            var blocked = loops.block();
            pipeline.push(0, true);
            Await.until(() -> source.metrics().frames() == 1, () -> "a frame");
            pipeline.end();
            pipeline.awaitEnd();
            pipeline.stop();
            pipeline.play();
            pipeline.push(1, true);
            Thread.sleep(300); // it is in the appsink
            blocked.countDown();
            Await.until(() -> seen.size() >= 3, () -> "all, after " + seen);
        }
        assertThat(List.copyOf(seen)).startsWith(0, "end", 1);
    }

    @Test
    void shouldNotKeepClosedSources() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(loops.loop(), "fakesrc ! appsink name=out");
        AppSinkSource source = AppSinkSource.builder(pipeline, "out").build();
        WeakReference<AppSinkSource> kept = new WeakReference<>(source);
        source.close();
        source = null;
        for (int i = 0; i < 20 && kept.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        boolean gone = kept.get() == null;
        Await.success(pipeline.close());
        assertThat(gone).isTrue();
    }
}
