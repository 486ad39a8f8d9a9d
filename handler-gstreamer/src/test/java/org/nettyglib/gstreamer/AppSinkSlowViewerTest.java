package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopKind;

/** One viewer does not read; the other one gets everything. */
@ParameterizedClass
@EnumSource
class AppSinkSlowViewerTest extends AppSinkFixture {
    private static final int KEY_DISTANCE = 10;
    private static final int STALLED = 40;
    private static final int ALL = 75;

    AppSinkSlowViewerTest(LoopKind kind) {
        super(kind);
    }

    /** Pushes frames as fast as these viewers take them. */
    private static void push(SinkPipeline pipeline, int from, int to, NumberedFrames... readers) throws Exception {
        for (int i = from; i < to; i++) {
            pipeline.push(i, i % KEY_DISTANCE == 0);
            for (NumberedFrames reader : readers) {
                reader.await(i);
            }
        }
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void shouldGoOnWithKeyFrame() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed slow = viewers.connect();
            Viewed other = viewers.connect();
            Await.success(source.addAll(List.of(slow.channel, other.channel)));
            try (NumberedFrames fast = new NumberedFrames(other)) {
                push(pipeline, 0, STALLED, fast);
                assertThat(slow.channel.isWritable()).isFalse();
                assertThat(source.dropped(slow.channel))
                        .isPositive()
                        .isEqualTo(source.metrics().dropped());
                assertThat(source.dropped(other.channel)).isZero();
                try (NumberedFrames late = new NumberedFrames(slow)) {
                    Await.until(slow.channel::isWritable, () -> "writable");
                    push(pipeline, STALLED, ALL, fast, late);
                    pipeline.end();
                    late.awaitEnd();
                    int next = late.numbers().indexOf(STALLED);
                    int before = late.numbers().get(next - 1) + 1;
                    assertThat(late.numbers().subList(0, next)).isEqualTo(range(0, before));
                    assertThat(before % KEY_DISTANCE)
                            .as("the group is complete")
                            .isZero();
                    assertThat(late.numbers().subList(next, late.numbers().size()))
                            .isEqualTo(range(STALLED, ALL));
                    assertThat(slow.events()).containsExactly(new FramesDropped(STALLED - before));
                    assertThat(source.metrics().dropped()).isEqualTo(STALLED - before);
                }
                fast.awaitEnd();
                assertThat(fast.numbers()).isEqualTo(range(0, ALL));
                assertThat(other.events()).isEmpty();
            }
        }
    }

    /** Otherwise a stream without key frames would wait in memory. */
    @Test
    void shouldCutAGroupThatIsTooLong() throws Exception {
        int most = 5;
        Viewed slow = viewers.connect();
        Viewed other = viewers.connect();
        AtomicInteger writable = new AtomicInteger();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .maxPending(most)
                        .encoder((viewer, frame) -> {
                            if (viewer == slow.channel && viewer.isWritable()) {
                                writable.set(frame.content().getInt(Integer.BYTES));
                            }
                            return frame.content().retainedDuplicate();
                        })
                        .build()) {
            Await.success(source.addAll(List.of(slow.channel, other.channel)));
            try (NumberedFrames fast = new NumberedFrames(other)) {
                for (int i = 0; i < STALLED; i++) {
                    pipeline.push(i, i == 0);
                    fast.await(i);
                }
                pipeline.end();
                fast.awaitEnd();
                try (NumberedFrames late = new NumberedFrames(slow)) {
                    late.awaitEnd();
                    assertThat(late.numbers()).isEqualTo(range(0, late.last() + 1));
                    assertThat(late.last()).isEqualTo(writable.get() + most);
                    assertThat(source.metrics().dropped()).isEqualTo(STALLED - 1 - late.last());
                }
            }
        }
    }

    @Test
    void shouldKeepTheNewestFrames() throws Exception {
        int kept = 3;
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(SlowViewerPolicy.dropOldest(kept))
                        .build()) {
            Viewed slow = viewers.connect();
            Viewed other = viewers.connect();
            // What the sockets' buffers take by and by does not make it writable again.
            slow.channel.config().setWriteBufferLowWaterMark(1);
            Await.success(source.addAll(List.of(slow.channel, other.channel)));
            try (NumberedFrames fast = new NumberedFrames(other)) {
                push(pipeline, 0, STALLED, fast);
                pipeline.end();
                fast.awaitEnd();
                try (NumberedFrames late = new NumberedFrames(slow)) {
                    late.awaitEnd();
                    int gap = late.numbers().size() - kept;
                    assertThat(late.numbers().subList(0, gap)).isEqualTo(range(0, gap));
                    assertThat(late.numbers().subList(gap, gap + kept)).isEqualTo(range(STALLED - kept, STALLED));
                    assertThat(slow.events()).containsExactly(new FramesDropped(STALLED - kept - gap));
                    assertThat(source.metrics().dropped()).isEqualTo(STALLED - kept - gap);
                }
                assertThat(fast.numbers()).isEqualTo(range(0, STALLED));
            }
        }
    }

    @Test
    void shouldCloseWhoLetsTooManyWait() throws Exception {
        int kept = 3;
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(SlowViewerPolicy.close(kept))
                        .build()) {
            Viewed slow = viewers.connect();
            Viewed other = viewers.connect();
            Await.success(source.addAll(List.of(slow.channel, other.channel)));
            try (NumberedFrames fast = new NumberedFrames(other)) {
                push(pipeline, 0, STALLED, fast);
                Await.success(slow.channel.closeFuture());
                assertThat(slow.events()).containsExactly(new FramesDropped(kept + 1));
                assertThat(source.metrics().closedSlow()).isOne();
                assertThat(source.metrics().viewers()).isOne();
                pipeline.end();
                fast.awaitEnd();
                assertThat(fast.numbers()).isEqualTo(range(0, STALLED));
            }
        }
    }

    /** As many wait as may: nothing is lost. */
    @Test
    void shouldSendWhatHasWaited() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(SlowViewerPolicy.close(STALLED))
                        .build()) {
            Viewed slow = viewers.connect();
            Await.success(source.add(slow.channel));
            for (int i = 0; i < STALLED; i++) {
                pipeline.push(i, i == 0);
            }
            pipeline.end();
            Await.success(source.endFuture());
            try (NumberedFrames late = new NumberedFrames(slow)) {
                late.awaitEnd();
                assertThat(late.numbers()).isEqualTo(range(0, STALLED));
                assertThat(slow.events()).isEmpty();
            }
        }
    }
}
