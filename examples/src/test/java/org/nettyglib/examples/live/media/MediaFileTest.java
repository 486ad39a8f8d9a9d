package org.nettyglib.examples.live.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.examples.live.GStreamerElements;
import org.nettyglib.loop.GLibEventLoopGroup;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MediaFileTest {

    private static final Picture.Format FORMAT = new Picture.Format(160, 90, 10);

    /** A file without sound must play to its end although sound is wanted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPlayAFileToItsEnd(boolean sound, @TempDir Path folder) throws Exception {
        GStreamerElements.assumeTestPicture();
        GStreamerElements.assumeInstalled("vp8enc", "vp8dec", "webmmux", "matroskademux", "playbin", "filesink");
        Path file = folder.resolve("a film.webm");
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        try {
            EventLoop loop = group.next();
            record(loop, file);
            assertThat(Files.size(file)).isPositive();

            AtomicInteger frames = new AtomicInteger();
            CompletableFuture<BusMessage> end = new CompletableFuture<>();
            LivePipeline player = loop.submit(() ->
                            LivePipeline.open(new Picture.File(file, FORMAT, sound), loop, new Until(end, frames)))
                    .get();
            assertThat(loop.submit(player::play).get()).isTrue();

            assertThat(end.get(30, TimeUnit.SECONDS)).matches(message -> message.kind() == BusMessage.Kind.END);
            assertThat(frames).hasValueGreaterThan(5);
            loop.submit(player::close).get();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void shouldSayThatAFileIsNoFilm(@TempDir Path folder) throws Exception {
        GStreamerElements.assumeTestPicture();
        GStreamerElements.assumeInstalled("playbin");
        Path file = Files.writeString(folder.resolve("notes.txt"), "This is no film.\n".repeat(100));
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        try {
            EventLoop loop = group.next();
            CompletableFuture<BusMessage> end = new CompletableFuture<>();
            LivePipeline player = loop.submit(() -> LivePipeline.open(
                            new Picture.File(file, FORMAT, false), loop, new Until(end, new AtomicInteger())))
                    .get();
            loop.submit(player::play).get();

            assertThat(end.get(30, TimeUnit.SECONDS).kind()).isEqualTo(BusMessage.Kind.ERROR);
            loop.submit(player::close).get();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static void record(EventLoop loop, Path file) throws Exception {
        CompletableFuture<BusMessage> end = new CompletableFuture<>();
        // The demo's own branch is what plays the recording to its end as well.
        Picture recorder = new Picture.Own(
                "videotestsrc num-buffers=60 ! video/x-raw,width=160,height=90,framerate=20/1 ! tee name=t ! queue ! vp8enc deadline=1"
                        + " ! webmmux ! filesink location=\"" + file + "\" t. ! queue",
                null);
        LivePipeline pipeline = loop.submit(
                        () -> LivePipeline.open(recorder, loop, new Until(end, new AtomicInteger())))
                .get();
        loop.submit(pipeline::play).get();
        assertThat(end.get(30, TimeUnit.SECONDS).kind()).isEqualTo(BusMessage.Kind.END);
        loop.submit(pipeline::close).get();
    }

    private record Until(CompletableFuture<BusMessage> end, AtomicInteger frames) implements Outlet {

        @Override
        public void frame(ByteBuffer jpeg) {
            frames.incrementAndGet();
        }

        @Override
        public void sound(ByteBuffer samples) {}

        @Override
        public void message(BusMessage message) {
            if (message.kind() == BusMessage.Kind.END || message.kind() == BusMessage.Kind.ERROR) {
                end.complete(message);
            }
        }
    }
}
