package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** Who sees the frames and is no channel. */
@ParameterizedClass
@EnumSource
class AppSinkListenTest {
    private final LoopKind kind;
    private LoopFixture loops;

    AppSinkListenTest(LoopKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        loops = kind.open();
    }

    @AfterEach
    void close() throws Exception {
        loops.close();
    }

    /** The numbers of the frames that came on the loop's thread. */
    private final class Numbers implements Consumer<MediaFrame> {
        private final List<Integer> seen = new CopyOnWriteArrayList<>();

        @Override
        public void accept(MediaFrame frame) {
            assertThat(loops.loop().inEventLoop()).isTrue();
            seen.add(frame.content().getInt(Integer.BYTES));
        }

        void await(int last) throws InterruptedException {
            Await.until(() -> seen.contains(last), () -> "seen: " + seen);
        }
    }

    @Test
    void shouldTellWithoutViewers() throws Exception {
        Numbers numbers = new Numbers();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Await.success(source.listen(loops.loop(), numbers));
            for (int i = 0; i < 5; i++) {
                pipeline.push(i, false);
            }
            numbers.await(4);
            assertThat(numbers.seen).containsExactly(0, 1, 2, 3, 4);
            assertThat(source.viewers()).isZero();
        }
    }

    @Test
    void shouldTellNoLonger() throws Exception {
        Numbers gone = new Numbers();
        Numbers stays = new Numbers();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Await.success(source.listen(loops.loop(), gone));
            Await.success(source.listen(loops.loop(), stays));
            pipeline.push(0, true);
            stays.await(0);
            Await.success(source.unlisten(gone));
            Await.success(source.unlisten(gone));
            pipeline.push(1, true);
            stays.await(1);
            assertThat(gone.seen).containsExactly(0);
        }
    }

    @Test
    void shouldGoOnAfterAnException() throws Exception {
        Numbers numbers = new Numbers();
        Viewers viewers = new Viewers(loops.group());
        try (viewers;
                SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            Await.success(source.listen(loops.loop(), frame -> {
                throw new IllegalStateException("on purpose");
            }));
            Await.success(source.listen(loops.loop(), numbers));
            pipeline.push(0, true);
            pipeline.push(1, true);
            numbers.await(1);
            assertThat(viewed.read(2 * NumberedFrames.SIZE)).hasSize(2 * NumberedFrames.SIZE);
        }
    }

    @Test
    void shouldRefuseWhenClosed() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("")) {
            AppSinkSource source = pipeline.source().build();
            Numbers numbers = new Numbers();
            Await.success(source.listen(loops.loop(), numbers));
            source.close();
            assertThat(Await.failure(source.listen(loops.loop(), numbers)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            pipeline.play();
            pipeline.push(0, true);
            pipeline.end();
            pipeline.awaitEnd();
            assertThat(numbers.seen).isEmpty();
        }
    }

    @Test
    void shouldOutliveItsLoop() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Numbers numbers = new Numbers();
            Await.success(source.listen(loops.loop(), numbers));
            loops.close();
            pipeline.push(0, true);
            pipeline.end();
            Await.success(source.endFuture());
            assertThat(numbers.seen).isEmpty();
            assertThat(Await.failure(source.listen(loops.loop(), numbers)))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }
}
