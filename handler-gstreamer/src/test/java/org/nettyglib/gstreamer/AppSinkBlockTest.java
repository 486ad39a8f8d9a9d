package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.LoopKind;

/** A viewer that does not read stops the stream, until something happens to it. */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it shows elsewhere
@ParameterizedClass
@EnumSource
class AppSinkBlockTest extends AppSinkFixture {
    private static final int FRAMES = 100;

    private final EventLoopGroup otherLoop = new GLibEventLoopGroup(1);
    private Viewers slowViewers;

    AppSinkBlockTest(LoopKind kind) {
        super(kind);
    }

    @BeforeEach
    void openOther() throws Exception {
        slowViewers = new Viewers(otherLoop);
    }

    @AfterEach
    void closeOther() throws Exception {
        slowViewers.close();
        otherLoop.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
        assertThat(otherLoop.awaitTermination(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    enum Release {
        VIEWER_CLOSED,
        VIEWER_REMOVED,
        LOOP_ENDED;

        void happenTo(Viewed viewed, AppSinkSource source) {
            switch (this) {
                case VIEWER_CLOSED -> viewed.channel.close();
                case VIEWER_REMOVED -> source.remove(viewed.channel);
                case LOOP_ENDED -> viewed.channel.eventLoop().parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** Nothing goes on any more, with most frames still to come. */
    private static void awaitStandstill(AppSinkSource source) throws InterruptedException {
        long before;
        do {
            before = source.metrics().frames();
            Thread.sleep(100);
        } while (before == 0 || source.metrics().frames() != before);
        assertThat(before).isLessThan(FRAMES - AppSinkSource.DEFAULT_MAX_BUFFERS);
    }

    private static void pushAll(SinkPipeline pipeline) {
        for (int i = 0; i < FRAMES; i++) {
            pipeline.push(i, true);
        }
        pipeline.end();
    }

    private static AppSinkSource source(SinkPipeline pipeline) {
        return pipeline.source()
                .slowViewers(SlowViewerPolicy.block())
                .maxPending(4)
                .build();
    }

    private static void assertComplete(NumberedFrames frames) throws InterruptedException {
        frames.awaitEnd();
        assertThat(frames.numbers())
                .isEqualTo(IntStream.range(0, FRAMES).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithout(Release release) throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = source(pipeline)) {
            Viewed slow = slowViewers.connect();
            Viewed fast = viewers.connect();
            Await.success(source.add(slow.channel));
            Await.success(source.add(fast.channel));
            try (NumberedFrames frames = new NumberedFrames(fast)) {
                pushAll(pipeline);
                awaitStandstill(source);
                release.happenTo(slow, source);
                assertComplete(frames);
                assertThat(source.metrics().dropped()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEWER_CLOSED", "VIEWER_REMOVED"})
    void shouldGoOnWithoutViewerOnTheSameLoop(Release release) throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = source(pipeline)) {
            Viewed slow = viewers.connect();
            Viewed fast = viewers.connect();
            Await.success(source.add(slow.channel));
            Await.success(source.add(fast.channel));
            try (NumberedFrames frames = new NumberedFrames(fast)) {
                pushAll(pipeline);
                awaitStandstill(source);
                release.happenTo(slow, source);
                assertComplete(frames);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitForTheSlowOne(LoopKind place) throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = source(pipeline)) {
            Viewed slow = (place == kind ? viewers : slowViewers).connect();
            Viewed fast = viewers.connect();
            Await.success(source.add(slow.channel));
            Await.success(source.add(fast.channel));
            try (NumberedFrames frames = new NumberedFrames(fast)) {
                pushAll(pipeline);
                awaitStandstill(source);
                try (NumberedFrames late = new NumberedFrames(slow)) {
                    assertComplete(late);
                }
                assertComplete(frames);
                assertThat(slow.events()).isEmpty();
            }
        }
    }

    @Test
    void shouldLetThePipelineGoWhenSourceIsClosed() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = source(pipeline)) {
            Viewed slow = viewers.connect();
            Await.success(source.add(slow.channel));
            pushAll(pipeline);
            awaitStandstill(source);
            source.close();
            pipeline.awaitEnd();
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
            assertThat(source.endFuture().isCancelled()).isTrue();
        }
    }

    @Test
    void shouldLetThePipelineStop() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = source(pipeline)) {
            Viewed slow = viewers.connect();
            Await.success(source.add(slow.channel));
            pushAll(pipeline);
            awaitStandstill(source);
            pipeline.stop();
            assertThat(slow.channel.isOpen()).isTrue();
            assertThat(source.viewers()).isOne();
        }
    }
}
