package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.GLibLoopMetrics;
import org.nettyglib.loop.LoopKind;

/** Viewers that come and go, and what they are written. */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it shows elsewhere
@ParameterizedClass
@EnumSource
class AppSinkViewersTest extends AppSinkFixture {
    AppSinkViewersTest(LoopKind kind) {
        super(kind);
    }

    @Test
    void shouldLeaveRemovedViewerOpen() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed staying = viewers.connect();
            Viewed leaving = viewers.connect();
            Await.success(source.addAll(List.of(staying.channel, leaving.channel)));
            pipeline.push(text("a"), 0);
            assertThat(read(staying, 1)).isEqualTo("a");
            assertThat(read(leaving, 1)).isEqualTo("a");
            Await.success(source.remove(leaving.channel));
            Await.success(source.remove(leaving.channel));
            assertThat(source.viewers()).isOne();
            pipeline.push(text("b"), 0);
            assertThat(read(staying, 1)).isEqualTo("b");
            leaving.channel.writeAndFlush(text("own"));
            assertThat(read(leaving, 3)).isEqualTo("own");
            Await.success(source.add(leaving.channel));
            pipeline.push(text("c"), 0);
            pipeline.end();
            assertThat(readAll(leaving)).isEqualTo("c");
            assertThat(readAll(staying)).isEqualTo("c");
        }
    }

    @Test
    void shouldTakeAGroup() throws Exception {
        ChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            List<Viewed> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(viewers.connect());
                group.add(all.getLast().channel);
            }
            Await.success(source.addAll(group));
            assertThat(source.viewers()).isEqualTo(all.size());
            Await.success(source.addAll(List.of()));
            assertThat(Await.failure(source.addAll(group))).isInstanceOf(IllegalStateException.class);
            pipeline.push(text("a"), 0);
            pipeline.end();
            for (Viewed each : all) {
                assertThat(readAll(each)).isEqualTo("a");
            }
        }
    }

    @Test
    void shouldSayWhyAChannelCannotBeAViewer() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play()) {
            AppSinkSource source = pipeline.source().build();
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            assertThat(Await.failure(source.add(viewed.channel)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("viewer already");
            Viewed gone = viewers.connect();
            gone.channel.close().sync();
            assertThat(Await.failure(source.add(gone.channel))).isInstanceOf(ClosedChannelException.class);
            Channel unregistered = new GLibSocketChannel();
            assertThat(Await.failure(source.add(unregistered)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("register it first");
            unregistered.unsafe().closeForcibly();
            source.close();
            Viewed late = viewers.connect();
            assertThat(Await.failure(source.add(late.channel)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThat(viewed.readAll()).isEmpty();
            assertThat(late.channel.isOpen()).isTrue();
            assertThat(source.viewers()).isZero();
        }
    }

    @Test
    void shouldEndWhoComesAfterTheEnd() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            pipeline.push(text("a"), 0);
            pipeline.end();
            Await.success(source.endFuture());
            Viewed late = viewers.connect();
            Await.success(source.add(late.channel));
            assertThat(late.readAll()).isEmpty();
        }
    }

    @Test
    void shouldTellTheEndAfterTheLastFrame() throws Exception {
        List<Channel> ended = new CopyOnWriteArrayList<>();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .onEnd(channel -> {
                            assertThat(channel.eventLoop().inEventLoop()).isTrue();
                            channel.writeAndFlush(text("end"));
                            ended.add(channel);
                        })
                        .build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.push(text("a"), 0);
            pipeline.end();
            assertThat(read(viewed, 4)).isEqualTo("aend");
            Await.success(source.endFuture());
            loops.run(() -> assertThat(ended).containsExactly(viewed.channel));
            assertThat(source.viewers()).isOne();
        }
        Await.until(() -> ended.size() == 2, () -> "the source's own end: " + ended);
    }

    @Test
    void shouldWriteWhatTheEncoderMakes() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .encoder((viewer, frame) -> frame.content().readableBytes() == 1
                                ? null
                                : Unpooled.wrappedBuffer(
                                        text("<"), frame.content().retainedDuplicate(), text(">")))
                        .build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.push(text("one"), 0);
            pipeline.push(text("2"), 0);
            pipeline.push(text("three"), 0);
            pipeline.end();
            assertThat(readAll(viewed)).isEqualTo("<one><three>");
        }
    }

    @Test
    void shouldDropTheViewerWhoseEncoderThrows() throws Exception {
        Viewed bad = viewers.connect();
        Viewed good = viewers.connect();
        RuntimeException failure = new IllegalArgumentException("100 % wrong");
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .encoder((viewer, frame) -> {
                            if (viewer == bad.channel) {
                                throw failure;
                            }
                            return frame.content().retainedDuplicate();
                        })
                        .build()) {
            Await.success(source.addAll(List.of(bad.channel, good.channel)));
            pipeline.push(text("a"), 0);
            pipeline.push(text("b"), 0);
            pipeline.end();
            assertThat(readAll(good)).isEqualTo("ab");
            Await.until(() -> bad.events().contains(failure), () -> bad.events().toString());
            assertThat(bad.events()).hasSize(1);
            assertThat(bad.channel.isOpen()).isTrue();
        }
    }

    @Test
    void shouldDropTheViewerWhosePipelineTakesNoSuchMessages() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source =
                        pipeline.source().encoder((viewer, frame) -> "a text").build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.push(text("a"), 0);
            pipeline.push(text("b"), 0);
            Await.until(() -> !viewed.events().isEmpty(), () -> "an exception");
            assertThat(viewed.events()).hasSize(1).first().isInstanceOf(UnsupportedOperationException.class);
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }

    @Test
    void shouldNotMindViewersThatVanish() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            List<Viewed> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(viewers.connect());
                Await.success(source.add(all.getLast().channel));
            }
            try (NumberedFrames staying = new NumberedFrames(all.getFirst())) {
                for (int i = 0; i < 30; i++) {
                    if (i % 3 == 0 && i / 3 < 9) {
                        all.get(i / 3 + 1).socket().setSoLinger(true, 0);
                        all.get(i / 3 + 1).socket().close();
                    }
                    pipeline.push(i, true);
                    staying.await(i);
                }
                Await.until(() -> source.viewers() == 1, () -> source.viewers() + " viewers");
                pipeline.end();
                staying.awaitEnd();
                assertThat(staying.numbers()).hasSize(30);
            }
        }
    }

    /** As many frames as come while the loop is busy: one task, and one flush. */
    @Test
    void shouldWakeUpAndFlushOnceForManyFrames() throws Exception {
        int frames = 50;
        AtomicInteger flushes = new AtomicInteger();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .encoder((viewer, frame) -> frame.content().readableBytes() == 1
                                ? null
                                : frame.content().retainedDuplicate())
                        .build()) {
            Viewed viewed = viewers.connect();
            viewed.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext context) {
                    flushes.incrementAndGet();
                    context.flush();
                }
            });
            Await.success(source.add(viewed.channel));
            GLibLoopMetrics metrics = loops.loop().metrics();
            CountDownLatch release = loops.block();
            long before = metrics.wakeupsWritten() + metrics.wakeupsSaved();
            for (int i = 0; i < frames; i++) {
                pipeline.push(text("frame"), 0);
            }
            // A frame is counted before it is handed on; of this one nothing is written, and those before it are there
            // when it is counted.
            pipeline.push(text("."), 0);
            Await.until(
                    () -> source.metrics().frames() == frames + 1,
                    () -> source.metrics().toString());
            assertThat(metrics.wakeupsWritten() + metrics.wakeupsSaved()).isLessThanOrEqualTo(before + 1);
            release.countDown();
            assertThat(read(viewed, 5 * frames)).isEqualTo("frame".repeat(frames));
            assertThat(flushes).hasValue(1);
        }
    }
}
