package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** Pipelines that end by themselves, fail before, or never play. */
@ParameterizedClass
@EnumSource
class AppSrcEdgesTest {
    private final LoopKind kind;

    AppSrcEdgesTest(LoopKind kind) {
        this.kind = kind;
    }

    @Test
    void shouldLetAChannelGoWhosePipelineEnded() throws Exception {
        try (AppSrcFixture fixture = new AppSrcFixture(kind)) {
            GstPipeline pipeline = GstPipeline.parse(
                    fixture.loops().loop(), "appsrc name=in max-bytes=100000 ! identity eos-after=2 ! fakesink");
            boolean closed;
            try (AppSrcHandler handler =
                    AppSrcHandler.builder(pipeline, "in").keepOpen(true).build()) {
                var end = pipeline.endOfStream();
                pipeline.play();
                Channel server = fixture.serve(handler);
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    AppSrcFixture.writeUntilClosed(peer);
                    Channel channel = fixture.accepted();
                    Await.success(end);
                    closed = channel.closeFuture().await(Await.SECONDS, TimeUnit.SECONDS);
                }
            }
            Await.success(pipeline.close());
            assertThat(closed).as("closed").isTrue();
        }
    }

    @Test
    void shouldRefuseAChannelOfAPipelineThatHasFailed() throws Exception {
        try (AppSrcFixture fixture = new AppSrcFixture(kind)) {
            GstPipeline pipeline = GstPipeline.parse(
                    fixture.loops().loop(), "appsrc name=in max-bytes=100000 ! identity error-after=2 ! fakesink");
            boolean closed;
            try (AppSrcHandler handler =
                    AppSrcHandler.builder(pipeline, "in").keepOpen(true).build()) {
                var end = pipeline.endOfStream();
                pipeline.play();
                Channel server = fixture.serve(handler);
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    AppSrcFixture.writeUntilClosed(peer);
                    assertThat(Await.failure(end)).isInstanceOf(GstException.class);
                    Await.done(fixture.accepted().closeFuture());
                }
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    AppSrcFixture.writeUntilClosed(peer);
                    Channel channel = fixture.accepted();
                    closed = channel.closeFuture().await(Await.SECONDS, TimeUnit.SECONDS);
                }
            }
            Await.success(pipeline.close());
            assertThat(closed).as("closed").isTrue();
        }
    }

    @Test
    void shouldGiveBackWhatWaitsWhenTheLoopEndedFirst() throws Exception {
        int lent = WrappedBytes.lent();
        LoopFixture pipelineLoop = kind.open();
        GstPipeline pipeline = GstPipeline.parse(pipelineLoop.loop(), "appsrc name=in ! fakesink");
        // Once more than never, so that it refuses what comes.
        Await.success(pipeline.setState(GstState.READY));
        pipeline.play();
        Thread.sleep(300);
        Await.success(pipeline.setState(GstState.READY));
        AppSrcHandler handler = AppSrcHandler.builder(pipeline, "in").build();
        LoopFixture loops = kind.open();
        Channel server = loops.serve(() -> handler);
        try (SocketChannel peer = SocketChannel.open(server.localAddress())) {
            AppSrcFixture.write(peer, new byte[1000]);
            Await.until(() -> WrappedBytes.lent() > lent, () -> "a buffer waits");
        }
        Thread.sleep(500); // the channel is closed before the loop
        loops.close();
        handler.close();
        Await.success(pipeline.close());
        pipelineLoop.close();
        for (int i = 0; i < Await.SECONDS * 10 && WrappedBytes.lent() > lent; i++) {
            Thread.sleep(100);
        }
        assertThat(WrappedBytes.lent()).isLessThanOrEqualTo(lent);
    }

    @Test
    void shouldEndAStreamOnce() throws Exception {
        try (AppSrcFixture fixture = new AppSrcFixture(kind)) {
            GstPipeline pipeline = GstPipeline.parse(fixture.loops().loop(), "appsrc name=in ! fakesink async=false");
            boolean ended;
            try (AppSrcHandler handler = AppSrcHandler.builder(pipeline, "in").build()) {
                Channel server = fixture.serve(handler);
                pipeline.play();
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    Channel channel = fixture.accepted();
                    channel.eventLoop()
                            .submit(() -> channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE))
                            .sync();
                    Await.success(pipeline.endOfStream());
                    Await.success(pipeline.ready());
                    Await.success(pipeline.play());
                }
                ended = pipeline.endOfStream().await(2, TimeUnit.SECONDS);
            }
            Await.success(pipeline.close());
            assertThat(ended).as("ended by the channel of the run before").isFalse();
        }
    }
}
