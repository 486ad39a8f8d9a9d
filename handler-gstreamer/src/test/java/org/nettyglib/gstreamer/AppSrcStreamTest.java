package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.loop.LoopKind;

/** Bytes of a stream into a pipeline: all of them, in order, and no faster than it takes them. */
@ParameterizedClass
@EnumSource
class AppSrcStreamTest extends AbstractAppSrcTest {
    AppSrcStreamTest(LoopKind kind) {
        super(kind);
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
                // The sink takes one buffer of a read, sooner or later.
                assertThat(handler.pendingBytes()).isBetween(100_000L - (64 << 10), 2_500_000L);
                Thread.sleep(100);
                assertThat(writer.isAlive()).isTrue();
                pipeline.play();
                writer.join();
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
    }

    @Test
    void shouldCompleteTheFileOfAMuxer() throws Exception {
        GStreamer.requireElements("rawaudioparse", "audioconvert", "vorbisenc", "oggmux");
        Path file = directory.resolve("file.ogg");
        Path socket = directory.resolve("socket");
        try (RawPipeline pipeline = RawPipeline.parse(
                                "appsrc name=in ! rawaudioparse pcm-format=s16le sample-rate=8000 num-channels=1"
                                        + " ! audioconvert ! vorbisenc ! oggmux ! filesink location=" + file)
                        .play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(
                    GLibServerDomainSocketChannel.class, new DomainSocketAddress(socket.toString()), handler);
            try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                AppSrcFixture.write(peer, AppSrcFixture.random(160_000));
            }
            pipeline.awaitEos();
            Await.success(server.close());
        }
        byte[] ogg = Files.readAllBytes(file);
        int page = new String(ogg, StandardCharsets.ISO_8859_1).lastIndexOf("OggS");
        // RFC 3533, 6: the last page of a stream says that it is.
        assertThat(ogg[page + 5] & 4).isEqualTo(4);
        // Samples of 8 kHz, up to the last one.
        assertThat(ByteBuffer.wrap(ogg).order(ByteOrder.LITTLE_ENDIAN).getLong(page + 6))
                .isEqualTo(80_000);
    }
}
