package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.freedesktop.gstreamer.app.AppSrc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** Errors of a channel in its pipeline, and of a pipeline in its channel. */
@ParameterizedClass
@EnumSource
class AppSrcErrorTest extends AbstractAppSrcTest {
    private static final byte[] DATA = AppSrcFixture.random(100_000);

    AppSrcErrorTest(LoopKind kind) {
        super(kind);
    }

    private void resetPeer(AppSrcHandler handler) throws Exception {
        Channel server = fixture.serve(handler);
        try (SocketChannel peer = AppSrcFixture.connect(server)) {
            AppSrcFixture.write(peer, DATA);
            fixture.accepted();
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    @Test
    void shouldTellThePipelineOfAReset() throws Exception {
        try (RawPipeline pipeline =
                        RawPipeline.parse("appsrc name=in ! fakesink").play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            resetPeer(handler);
            assertThat(pipeline.await(RawPipeline.ERROR | RawPipeline.EOS))
                    .startsWith("ERROR The channel that sends to in failed")
                    .contains("Connection reset")
                    .contains("127.0.0.1");
            assertThat(fixture.thrown()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldWarnThePipelineThatGoesOn() throws Exception {
        try (RawPipeline pipeline =
                        RawPipeline.parse("appsrc name=in ! fakesink").play();
                AppSrcHandler handler = pipeline.handler("in").keepOpen(true).build()) {
            resetPeer(handler);
            assertThat(pipeline.await(RawPipeline.ERROR | RawPipeline.EOS | RawPipeline.WARNING))
                    .startsWith("WARNING The channel that sends to in failed");
            assertThat(fixture.thrown()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldTellTheChannelOfAnErrorOfThePipeline() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(
                fixture.loops().loop(), "appsrc name=in ! identity name=broken error-after=3 ! fakesink");
        AppSrcHandler handler = AppSrcHandler.builder(pipeline, "in").build();
        Await.success(pipeline.ready());
        pipeline.play();
        Channel server = fixture.serve(handler);
        try (SocketChannel peer = AppSrcFixture.connect(server)) {
            Thread writer = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        AppSrcFixture.write(peer, DATA);
                    }
                } catch (Exception closed) {
                    // As it has to be.
                }
            });
            Throwable cause = fixture.thrown();
            assertThat(cause).isInstanceOf(GstException.class);
            assertThat(((GstException) cause).element()).isIn("broken", "in");
            Await.success(fixture.accepted().closeFuture());
            writer.join();
        }
        Await.success(pipeline.close());
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldTellTheChannelOnceOfItsOwnError() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loops().loop(), "appsrc name=in ! fakesink");
        AppSrcHandler handler = AppSrcHandler.builder(pipeline, "in").build();
        RecordingListener listener = new RecordingListener(pipeline);
        pipeline.play();
        Channel server = fixture.serve(handler);
        try (SocketChannel peer = AppSrcFixture.connect(server)) {
            Channel channel = fixture.accepted();
            channel.pipeline().fireExceptionCaught(new IllegalArgumentException("of the channel"));
            assertThat(fixture.thrown()).hasMessage("of the channel");
            Throwable end = Await.failure(pipeline.endOfStream());
            assertThat(end).isInstanceOf(GstException.class).hasMessageContaining("of the channel");
            fixture.loops().run(() -> {});
            assertThat(channel.isActive()).isTrue();
            assertThat(fixture.thrown).isEmpty();
        }
        Await.success(pipeline.close());
        assertThat(listener).isNotNull();
    }

    @Test
    void shouldBeClosedWithItsPipeline() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loops().loop(), "appsrc name=in max-bytes=1000 ! fakesink");
        AppSrcHandler handler = AppSrcHandler.builder(pipeline, "in").build();
        Channel server = fixture.serve(handler);
        try (SocketChannel peer = AppSrcFixture.connect(server)) {
            AppSrcFixture.write(peer, DATA);
            Channel channel = fixture.accepted();
            Await.until(() -> !channel.config().isAutoRead(), () -> "the channel is held back");
            Await.success(pipeline.close());
            Await.until(() -> channel.config().isAutoRead(), () -> "the channel is let go");
            assertThat(channel.isActive()).isTrue();
            try (SocketChannel another = AppSrcFixture.connect(server)) {
                assertThat(fixture.thrown())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
                Await.success(fixture.accepted().closeFuture());
            }
        }
        assertThatThrownBy(() -> AppSrcHandler.builder(pipeline, "in").build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSayWhatIsWrongWithTheElement() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loops().loop(), "appsrc name=in ! fakesink name=out");
        assertThatThrownBy(() -> AppSrcHandler.builder(pipeline, "inn").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inn");
        assertThatThrownBy(() -> AppSrcHandler.builder(pipeline, "out").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out is no appsrc");
        assertThatThrownBy(() -> AppSrcHandler.builder(pipeline, "in").caps("no caps, really?"))
                .isInstanceOf(IllegalArgumentException.class);
        AppSrc proxy = pipeline.element("in", AppSrc.class);
        try (AppSrcHandler handler = AppSrcHandler.builder(proxy).build()) {
            assertThat(handler.pendingBytes()).isZero();
            assertThatThrownBy(() -> AppSrcHandler.builder(pipeline, "in").build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");
        }
        AppSrcHandler.builder(pipeline, "in").build();
        Await.success(pipeline.close());
    }
}
