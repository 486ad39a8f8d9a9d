package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** Bytes of a stream into a pipeline: all of them, in order, and no faster than it takes them. */
@ParameterizedClass
@EnumSource
class AppSrcStreamTest {
    private final LoopKind kind;
    private AppSrcFixture fixture;

    @TempDir
    Path directory;

    AppSrcStreamTest(LoopKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        fixture = new AppSrcFixture(kind);
    }

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    @Test
    void shouldWriteALargeFile() throws Exception {
        byte[] data = AppSrcFixture.random(20 << 20);
        Path file = directory.resolve("file");
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in ! filesink location=" + file)
                        .play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(peer, data);
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
    }

    @Test
    void shouldHoldAFastPeerBackWhileThePipelineIsPaused() throws Exception {
        byte[] data = AppSrcFixture.random(8 << 20);
        Path file = directory.resolve("file");
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in ! filesink location=" + file);
                AppSrcHandler handler = pipeline.handler("in").maxBytes(100_000).build()) {
            pipeline.state(RawPipeline.PAUSED);
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = Thread.startVirtualThread(() -> AppSrcFixture.write(peer, data));
                Channel channel = fixture.accepted();
                Await.until(() -> !channel.config().isAutoRead(), () -> "the channel is held back");
                assertThat(handler.pendingBytes()).isBetween(100_000L, 2_500_000L);
                Thread.sleep(100);
                assertThat(writer.isAlive()).isTrue();
                pipeline.play();
                writer.join();
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
    }
}
