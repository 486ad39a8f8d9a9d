package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.AppSrcCallbacks;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** The handler, the loop, the channel or the pipeline goes away while data flows. */
@ParameterizedClass
@EnumSource
class AppSrcCloseTest extends AbstractAppSrcTest {
    private static final byte[] DATA = AppSrcFixture.random(1 << 20);

    AppSrcCloseTest(LoopKind kind) {
        super(kind);
    }

    @Test
    void shouldBeClosedAtAnyTime() throws Exception {
        for (int i = 0; i < 25; i++) {
            try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in max-bytes=5000 ! fakesink")
                    .play()) {
                AppSrcHandler handler = pipeline.handler("in").build();
                Channel server = fixture.serve(handler);
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    Thread sender = AppSrcFixture.writeUntilClosed(peer);
                    Channel channel = fixture.accepted();
                    Thread.sleep(i % 5);
                    Thread other = Thread.startVirtualThread(handler::close);
                    handler.close();
                    other.join();
                    Await.until(() -> channel.config().isAutoRead(), () -> "the channel reads again");
                    assertThat(channel.isActive()).isTrue();
                    peer.close();
                    sender.join();
                }
                Await.success(server.close());
            }
        }
    }

    @Test
    void shouldLeaveNoReference() throws Exception {
        int callbacks = AppSrcCallbacks.targets();
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in ! fakesink")) {
            long element = pipeline.element("in");
            int before = LibGobject.refCount(element);
            AppSrcHandler handler = pipeline.handler("in").build();
            assertThat(LibGobject.refCount(element)).isEqualTo(before + 1);
            assertThat(AppSrcCallbacks.targets()).isEqualTo(callbacks + 1);
            handler.close();
            handler.close();
            assertThat(LibGobject.refCount(element)).isEqualTo(before);
            assertThat(AppSrcCallbacks.targets()).isEqualTo(callbacks);
            pipeline.handler("in").build().close();
            LibGobject.g_object_unref(element);
        }
    }

    @Test
    void shouldFreeAPipelineWhileItsHandlerIsOpen() throws Exception {
        AppSrcHandler handler;
        Channel server;
        try (RawPipeline pipeline =
                RawPipeline.parse("appsrc name=in ! fakesink").play()) {
            handler = pipeline.handler("in").build();
            server = fixture.serve(handler);
        }
        try (SocketChannel peer = AppSrcFixture.connect(server)) {
            AppSrcFixture.write(peer, DATA);
            Await.until(() -> !fixture.accepted.isEmpty(), () -> "the channel is there");
            Channel held = fixture.accepted.element();
            Await.until(() -> !held.config().isAutoRead(), () -> "the channel is held back");
        }
        // What it has not read waits for a pipeline to start, which there is none of.
        Channel channel = fixture.accepted();
        assertThat(channel.isActive()).isTrue();
        handler.close();
        Await.success(channel.closeFuture());
    }

    @Test
    void shouldEndTheStreamWhenTheLoopEnds() throws Exception {
        Path file = directory.resolve("file");
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in ! filesink location=" + file)
                        .play();
                LoopFixture other = kind.open();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            AppSrcFixture serving = fixture;
            Channel server = other.serve(() -> serving.initializer(handler));
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread sender = AppSrcFixture.writeUntilClosed(peer);
                Await.until(() -> file.toFile().length() > DATA.length, () -> "data flows");
                other.close();
                pipeline.awaitEos();
                peer.close();
                sender.join();
            }
        }
        assertThat(Files.size(file)).isGreaterThan(DATA.length);
    }

    @Test
    void shouldGiveUpWhatWaitsWhenTheLoopEnds() throws Exception {
        try (RawPipeline pipeline =
                        RawPipeline.parse("appsrc name=in ! fakesink").play();
                LoopFixture other = kind.open();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            pipeline.state(RawPipeline.NULL);
            Channel server = other.serve(() -> fixture.initializer(handler));
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(peer, new byte[1000]);
                Channel channel = fixture.accepted();
                Await.until(() -> !channel.config().isAutoRead(), () -> "the channel is held back");
                other.close();
            }
            // Nobody is there to be told.
            pipeline.play();
        }
    }

    @Test
    void shouldLoseNoWakeUp() throws Exception {
        byte[] data = AppSrcFixture.random(6 << 20);
        Path file = directory.resolve("file");
        try (RawPipeline pipeline = RawPipeline.parse(
                                "appsrc name=in max-bytes=1 ! filesink buffer-mode=unbuffered location=" + file)
                        .state(RawPipeline.PAUSED);
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = Thread.startVirtualThread(() -> AppSrcFixture.write(peer, data));
                Channel channel = fixture.accepted();
                // Once for certain; how often while it plays is up to the threads.
                Await.until(() -> !channel.config().isAutoRead(), () -> "the channel is held back");
                pipeline.play();
                writer.join();
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
    }
}
