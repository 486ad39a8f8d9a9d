package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.LoopKind;

/** Viewers on several loops. */
@SuppressWarnings("FutureReturnValueIgnored") // what comes of it shows elsewhere
@ParameterizedClass
@EnumSource
class AppSinkLoopsTest extends AppSinkFixture {
    private final EventLoopGroup others = new GLibEventLoopGroup(3);

    AppSinkLoopsTest(LoopKind kind) {
        super(kind);
    }

    @AfterEach
    void closeOthers() throws Exception {
        others.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
        assertThat(others.awaitTermination(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldServeViewersOnSeveralLoops(boolean waits) throws Exception {
        int frames = 60;
        try (Viewers elsewhere = new Viewers(others);
                SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source()
                        .slowViewers(waits ? SlowViewerPolicy.block() : SlowViewerPolicy.close(frames))
                        .maxPending(waits ? 2 : frames)
                        .build()) {
            List<NumberedFrames> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Viewed viewed = (i < 2 ? viewers : elsewhere).connect();
                Await.success(source.add(viewed.channel));
                readers.add(new NumberedFrames(viewed));
            }
            for (int i = 0; i < frames; i++) {
                pipeline.push(i, i == 0);
            }
            pipeline.end();
            for (NumberedFrames reader : readers) {
                reader.awaitEnd();
                assertThat(reader.numbers())
                        .isEqualTo(IntStream.range(0, frames).boxed().toList());
            }
            Await.success(source.endFuture());
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }

    @Test
    void shouldGoOnInTheLoopWhereAChannelHasMoved() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.push(text("a"), 0);
            assertThat(read(viewed, 1)).isEqualTo("a");
            Await.success(viewed.channel.deregister());
            pipeline.push(text("b"), 0);
            pipeline.push(text("c"), DELTA);
            Await.until(
                    () -> source.metrics().frames() == 3, () -> source.metrics().toString());
            assertThat(source.viewers()).isOne();
            Await.success(others.register(viewed.channel));
            awaitJoined(viewed);
            pipeline.push(text("d"), DELTA);
            pipeline.push(text("e"), 0);
            assertThat(read(viewed, 1)).isEqualTo("e");
            Await.success(viewed.channel.deregister());
            Await.success(loops.loop().register(viewed.channel));
            awaitJoined(viewed);
            pipeline.push(text("f"), 0);
            pipeline.end();
            assertThat(readAll(viewed)).isEqualTo("f");
        }
    }

    /** The event comes after the future is done. */
    private static void awaitJoined(Viewed viewed) throws InterruptedException {
        Await.success(viewed.channel.eventLoop().submit(() -> {}));
    }

    /** The stream's end comes while a channel is on no loop. */
    @Test
    void shouldTellTheEndToWhoHasMovedMeanwhile() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            Await.success(viewed.channel.deregister());
            pipeline.push(text("a"), 0);
            pipeline.end();
            Await.success(source.endFuture());
            Await.success(others.register(viewed.channel));
            assertThat(viewed.readAll()).isEmpty();
        }
    }

    @Test
    void shouldGoOnWithoutALoopThatHasEnded() throws Exception {
        try (Viewers elsewhere = new Viewers(others);
                SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            List<Viewed> ending =
                    Stream.generate(() -> connect(elsewhere)).limit(4).toList();
            Viewed staying = viewers.connect();
            for (Viewed viewed : ending) {
                Await.success(source.add(viewed.channel));
            }
            Await.success(source.add(staying.channel));
            pipeline.push(text("a"), 0);
            assertThat(read(staying, 1)).isEqualTo("a");
            others.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            while (!others.isTerminated()) {
                pipeline.push(text("b"), 0);
                assertThat(read(staying, 1)).isEqualTo("b");
            }
            Await.until(() -> source.viewers() == 1, () -> source.viewers() + " viewers");
            pipeline.push(text("c"), 0);
            pipeline.end();
            assertThat(readAll(staying)).isEqualTo("c");
        }
    }

    private static Viewed connect(Viewers viewers) {
        try {
            return viewers.connect();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDropForALoopThatIsBehind() throws Exception {
        int pending = 5;
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().maxPending(pending).build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            CountDownLatch release = loops.block();
            try {
                for (int i = 0; i < 20; i++) {
                    pipeline.push(text(String.valueOf((char) ('a' + i))), i % 4 == 0 ? 0 : DELTA);
                }
                Await.until(
                        () -> source.metrics().frames() == 20,
                        () -> source.metrics().toString());
            } finally {
                release.countDown();
            }
            assertThat(read(viewed, pending)).isEqualTo("abcde");
            loops.run(() -> {});
            pipeline.push(text("D"), DELTA);
            pipeline.push(text("K"), 0);
            assertThat(read(viewed, 1)).isEqualTo("K");
            pipeline.end();
            assertThat(readAll(viewed)).isEmpty();
            assertThat(viewed.events()).containsExactly(new FramesDropped(16));
            assertThat(source.metrics().dropped()).isEqualTo(16);
        }
    }

    @Test
    void shouldRefuseAChannelWhoseLoopHasEnded() throws Exception {
        try (Viewers elsewhere = new Viewers(others);
                SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed viewed = elsewhere.connect();
            others.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            assertThat(others.awaitTermination(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Await.failure(source.add(viewed.channel)))
                    .isInstanceOfAny(RejectedExecutionException.class, ClosedChannelException.class);
            assertThat(source.viewers()).isZero();
        }
    }

    /** What is wanted of a channel while it moves to a loop which ends before it gets there. */
    private enum Wish {
        ADD,
        REMOVE,
        CLOSE
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetAChannelThatMovesToALoopThatEnds(Wish wish) throws Exception {
        Viewed viewed = viewers.connect();
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            if (wish != Wish.ADD) {
                Await.success(source.add(viewed.channel));
            }
            AtomicReference<Future<Void>> asked = new AtomicReference<>();
            Future<Void> answer = loops.call(() -> {
                viewed.channel.deregister().addListener(done -> others.register(viewed.channel));
                // By another thread, so that it waits behind the rest of this.
                new Thread(() -> asked.set(ask(source, wish, viewed.channel))).start();
                Await.until(() -> asked.get() != null, () -> "an answer");
                closeOthers();
                return asked.get();
            });
            CountDownLatch told = new CountDownLatch(1);
            answer.addListener(done -> told.countDown());
            assertThat(told.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(answer.cause())
                    .isInstanceOf(wish == Wish.CLOSE ? CancellationException.class : RejectedExecutionException.class);
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
        }
    }

    private static Future<Void> ask(AppSinkSource source, Wish wish, Channel channel) {
        return switch (wish) {
            case ADD -> source.add(channel);
            case REMOVE -> source.remove(channel);
            case CLOSE -> {
                source.close();
                yield source.endFuture();
            }
        };
    }
}
