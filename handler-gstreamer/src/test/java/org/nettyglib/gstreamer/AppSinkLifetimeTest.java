package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.freedesktop.gstreamer.app.AppSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.gstreamer.ffi.AppSinkCallbacks;
import org.nettyglib.loop.LoopKind;

/** A source ends, and nothing of it is left. */
@ParameterizedClass
@EnumSource
class AppSinkLifetimeTest extends AppSinkFixture {
    private final List<ByteBuf> pushed = new ArrayList<>();

    AppSinkLifetimeTest(LoopKind kind) {
        super(kind);
    }

    private void push(SinkPipeline pipeline, int number) {
        ByteBuf bytes = NumberedFrames.frame(number);
        pushed.add(bytes);
        pipeline.push(bytes, 0);
    }

    /** The GstBuffers are gone to which these bytes belong, but for the last: the appsink of GStreamer 1.22 keeps it. */
    private void assertFreed() throws InterruptedException {
        assertThat(pushed).isNotEmpty();
        Await.until(
                () -> pushed.stream().filter(bytes -> bytes.refCnt() != 0).count() <= 1,
                () -> pushed.stream().map(ByteBuf::refCnt).toList().toString());
        pushed.clear();
    }

    enum End {
        SOURCE_CLOSED,
        STREAM_ENDED,
        VIEWER_REMOVED,
        VIEWER_CLOSED,
        PIPELINE_STOPPED
    }

    /** While frames are in the appsink, on the way, waiting, and in the channel. */
    @ParameterizedTest
    @EnumSource
    void shouldFreeFramesUnderWay(SlowKind slow) throws Exception {
        for (End end : End.values()) {
            int before = AppSinkCallbacks.live();
            try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                    AppSinkSource source =
                            pipeline.source().slowViewers(slow.policy()).build()) {
                Viewed viewed = viewers.connect();
                Await.success(source.add(viewed.channel));
                for (int i = 0; i < 40; i++) {
                    push(pipeline, i);
                }
                Await.until(
                        () -> source.metrics().frames() > 1,
                        () -> source.metrics().toString());
                switch (end) {
                    case SOURCE_CLOSED -> source.close();
                    case STREAM_ENDED -> pipeline.end();
                    case VIEWER_REMOVED -> Await.success(source.remove(viewed.channel));
                    case VIEWER_CLOSED -> viewed.channel.close().sync();
                    case PIPELINE_STOPPED -> pipeline.stop();
                }
                viewed.socket().close();
            }
            assertFreed();
            // What others had left behind may have gone meanwhile.
            Await.until(() -> AppSinkCallbacks.live() <= before, () -> AppSinkCallbacks.live() + " callbacks");
        }
    }

    enum SlowKind {
        BLOCK,
        DROP_TO_KEY_FRAME,
        DROP_OLDEST,
        CLOSE;

        SlowViewerPolicy policy() {
            return switch (this) {
                case BLOCK -> SlowViewerPolicy.block();
                case DROP_TO_KEY_FRAME -> SlowViewerPolicy.dropToKeyFrame();
                case DROP_OLDEST -> SlowViewerPolicy.dropOldest(10);
                case CLOSE -> SlowViewerPolicy.close(30);
            };
        }
    }

    @Test
    void shouldFreeFramesWhenLoopEnds() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(SlowViewerPolicy.dropOldest(10))
                        .build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            CountDownLatch release = loops.block();
            for (int i = 0; i < 40; i++) {
                push(pipeline, i);
            }
            Await.until(
                    () -> source.metrics().frames() == 40,
                    () -> source.metrics().toString());
            release.countDown();
            loops.close();
            assertFreed();
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }

    @Test
    void shouldLeaveTheAppsinkAsItWas() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("")) {
            AppSink sink = pipeline.sink();
            int before = LibGobject.refCount(sink.handle().address());
            for (int i = 0; i < 3; i++) {
                try (AppSinkSource source = AppSinkSource.builder(sink).build()) {
                    assertThatThrownBy(AppSinkSource.builder(sink)::build)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("has an AppSinkSource already");
                    assertThat(source.viewers()).isZero();
                }
                assertThat(LibGobject.refCount(sink.handle().address())).isEqualTo(before);
            }
            sink.setDrop(true);
            assertThatThrownBy(AppSinkSource.builder(sink).slowViewers(SlowViewerPolicy.block())::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("drop=false");
            assertThat(LibGobject.refCount(sink.handle().address())).isEqualTo(before);
            sink.setDrop(false);
            AppSinkSource.builder(sink)
                    .slowViewers(SlowViewerPolicy.block())
                    .build()
                    .close();
            assertThat(sink.getMaxBuffers()).isEqualTo(AppSinkSource.DEFAULT_MAX_BUFFERS);
        }
    }

    @Test
    void shouldEndWithItsPipeline() throws Exception {
        GstPipeline pipeline =
                GstPipeline.parse(loops.loop(), "videotestsrc is-live=true name=in ! appsink name=out max-buffers=2");
        assertThatThrownBy(AppSinkSource.builder(pipeline, "in")::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no appsink");
        assertThatThrownBy(AppSinkSource.builder(pipeline, "nothing")::build)
                .isInstanceOf(IllegalArgumentException.class);
        AppSinkSource source = AppSinkSource.builder(pipeline, "out").build();
        Viewed viewed = viewers.connect();
        Await.success(source.add(viewed.channel));
        Await.success(pipeline.play());
        assertThat(viewed.read(100_000)).hasSize(100_000);
        Await.success(pipeline.close());
        viewed.readAll();
        Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        assertThat(source.endFuture().isCancelled()).isTrue();
    }

    /** Four threads add and remove, while frames flow. */
    @Test
    void shouldSendWholeFramesToViewersThatComeAndGo() throws Exception {
        try (SinkPipeline pipeline =
                        new SinkPipeline("appsrc name=in max-bytes=0 ! appsink name=out sync=false").play();
                AppSinkSource source = pipeline.source().build()) {
            List<Thread> threads = new ArrayList<>();
            List<NumberedFrames> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Viewed viewed = viewers.connect();
                readers.add(new NumberedFrames(viewed));
                threads.add(Thread.ofPlatform().start(() -> comeAndGo(source, viewed.channel)));
            }
            int number = 0;
            while (threads.stream().anyMatch(Thread::isAlive)) {
                push(pipeline, number++);
                Thread.sleep(1);
            }
            // All are viewers now, and who has had no frame gets this one.
            push(pipeline, number);
            pipeline.end();
            Await.success(source.endFuture());
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
            for (NumberedFrames reader : readers) {
                reader.awaitEnd();
                assertThat(reader.numbers()).isNotEmpty().isSorted().doesNotHaveDuplicates();
            }
        }
        assertFreed();
    }

    private static void comeAndGo(AppSinkSource source, Channel channel) {
        try {
            for (int i = 0; i < 100; i++) {
                Await.success(source.add(channel));
                if (i % 5 == 0) {
                    Thread.sleep(2);
                }
                if (i < 99) {
                    Await.success(source.remove(channel));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
