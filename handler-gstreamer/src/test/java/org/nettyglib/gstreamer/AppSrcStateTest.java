package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** Channels that send while the pipeline is in other states than PLAYING. */
@ParameterizedClass
@EnumSource
class AppSrcStateTest extends AbstractAppSrcTest {
    /** More than the buffers of both sockets and the appsrc take. */
    private static final byte[] DATA = AppSrcFixture.random(8 << 20);

    AppSrcStateTest(LoopKind kind) {
        super(kind);
    }

    private RawPipeline toFile() {
        return RawPipeline.parse("appsrc name=in ! filesink location=" + file());
    }

    private static void awaitHeld(Channel channel) throws InterruptedException {
        Await.until(() -> !channel.config().isAutoRead(), () -> "the channel is held back");
    }

    private void assertComplete() throws Exception {
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file()))).isEqualTo(AppSrcFixture.sha256(DATA));
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldHoldAPeerBackUntilThePipelinePlays() throws Exception {
        try (RawPipeline pipeline = toFile();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = Thread.startVirtualThread(() -> AppSrcFixture.write(peer, DATA));
                awaitHeld(fixture.accepted());
                pipeline.play();
                writer.join();
            }
            pipeline.awaitEos();
        }
        assertComplete();
    }

    @Test
    void shouldGiveBackWhatAPipelineThatNeverPlaysHasGot() throws Exception {
        Channel channel;
        try (RawPipeline pipeline = toFile();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread.startVirtualThread(() -> {
                    try {
                        AppSrcFixture.write(peer, DATA);
                    } catch (Exception closed) {
                        // As it has to be.
                    }
                });
                channel = fixture.accepted();
                awaitHeld(channel);
                handler.close();
                Await.until(() -> channel.config().isAutoRead(), () -> "the channel is let go");
            }
        }
        assertThat(file()).doesNotExist();
    }

    @Test
    void shouldFailAPeerWhosePipelineIsStopped() throws Exception {
        AtomicBoolean stops = new AtomicBoolean();
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            // Not while it is held back: then it would wait for the next start.
            ChannelInboundHandlerAdapter stopper = new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    if (stops.getAndSet(false)) {
                        pipeline.state(RawPipeline.READY);
                    }
                    ctx.fireChannelRead(message);
                }
            };
            Channel server = fixture.serve(handler, stopper);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = AppSrcFixture.writeUntilClosed(peer);
                Await.until(() -> file().toFile().length() > DATA.length, () -> "the peer sends");
                stops.set(true);
                Await.success(fixture.accepted().closeFuture());
                assertThat(fixture.thrown())
                        .isInstanceOf(GstFlowException.class)
                        .hasMessageContaining("stopped");
                writer.join();
            }
        }
    }

    @Test
    void shouldHoldAPeerBackThatComesAfterAStop() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            pipeline.state(RawPipeline.NULL);
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = Thread.startVirtualThread(() -> AppSrcFixture.write(peer, DATA));
                awaitHeld(fixture.accepted());
                pipeline.play();
                writer.join();
            }
            pipeline.awaitEos();
        }
        assertComplete();
    }

    @Test
    void shouldDeliverWhatAPeerLeftBehindWhileItWasStopped() throws Exception {
        byte[] little = AppSrcFixture.random(1000);
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            pipeline.state(RawPipeline.NULL);
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(peer, little);
            }
            Channel channel = fixture.accepted();
            Await.until(() -> !channel.isActive() || !channel.config().isAutoRead(), () -> "the data is there");
            pipeline.play();
            pipeline.awaitEos();
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(little);
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldTakeAnotherStreamWhenItPlaysAgain() throws Exception {
        try (RawPipeline pipeline = toFile();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            for (int i = 0; i < 3; i++) {
                pipeline.play();
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    AppSrcFixture.write(peer, DATA);
                }
                pipeline.awaitEos();
                pipeline.state(i == 1 ? RawPipeline.READY : RawPipeline.NULL);
                assertComplete();
                Await.success(fixture.accepted().closeFuture());
            }
        }
    }

    @Test
    void shouldSurviveStopsAndStartsWhileAPeerSends() throws Exception {
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in max-bytes=20000 ! fakesink");
                AppSrcHandler handler = pipeline.handler("in").keepOpen(true).build()) {
            Channel server = fixture.serve(handler);
            AtomicBoolean stops = new AtomicBoolean();
            AtomicInteger peers = new AtomicInteger();
            Thread sender = Thread.ofVirtual().start(() -> {
                while (!stops.get()) {
                    try (SocketChannel peer = AppSrcFixture.connect(server)) {
                        peers.incrementAndGet();
                        AppSrcFixture.write(peer, DATA);
                    } catch (Exception refused) {
                        // Closed by the server.
                    }
                }
            });
            for (int i = 0; i < 100; i++) {
                pipeline.play();
                Thread.sleep(i % 4);
                pipeline.state(i % 2 == 0 ? RawPipeline.NULL : RawPipeline.READY);
                Thread.sleep(i % 3);
            }
            stops.set(true);
            pipeline.play();
            sender.join();
            // One that is accepted later would take the place of the next.
            for (int i = 0; i < peers.get(); i++) {
                AppSrcFixture.awaitGone(fixture.accepted());
            }
            for (Throwable cause : fixture.thrown) {
                assertThat(cause)
                        .satisfiesAnyOf(
                                flow -> assertThat(flow).isInstanceOf(GstFlowException.class),
                                reset -> assertThat(reset).isInstanceOf(java.io.IOException.class),
                                second -> assertThat(second).isInstanceOf(IllegalStateException.class));
            }
            // It still works.
            fixture.thrown.clear();
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(peer, DATA);
            }
            AppSrcFixture.awaitGone(fixture.accepted());
            assertThat(fixture.thrown).isEmpty();
        }
    }
}
