package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** A channel that reads on demand, with an appsrc that demands less. */
@ParameterizedClass
@EnumSource
class AppSrcReadTest extends AbstractAppSrcTest {
    AppSrcReadTest(LoopKind kind) {
        super(kind);
    }

    @Test
    void shouldPutOffReadsWithoutAutoRead() throws Exception {
        byte[] data = AppSrcFixture.random(2 << 20);
        Path file = directory.resolve("file");
        AtomicInteger completes = new AtomicInteger();
        ChannelInboundHandlerAdapter reader = new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext ctx) {
                ctx.channel().config().setAutoRead(false);
            }

            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.fireChannelActive();
                ctx.channel().read();
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                completes.incrementAndGet();
                ctx.channel().read();
            }
        };
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in max-bytes=100000 ! filesink location=" + file);
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler, reader);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = Thread.startVirtualThread(() -> AppSrcFixture.write(peer, data));
                Channel channel = fixture.accepted();
                Await.until(() -> handler.pendingBytes() > 100_000, () -> "it is full");
                int before = completes.get();
                channel.read();
                fixture.loops().run(() -> {});
                Thread.sleep(50);
                assertThat(completes.get()).isBetween(before, before + 1);
                assertThat(handler.pendingBytes()).isLessThan(data.length / 2);
                pipeline.play();
                writer.join();
                assertThat(channel.config().isAutoRead()).isFalse();
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
    }

    @Test
    void shouldHoldAFastPeerBackWithASlowSink() throws Exception {
        byte[] data = AppSrcFixture.random(3 << 20);
        Path file = directory.resolve("file");
        AtomicInteger largest = new AtomicInteger();
        try (RawPipeline pipeline = RawPipeline.parse(
                                "appsrc name=in max-bytes=50000 ! identity sleep-time=2000 ! filesink location=" + file)
                        .play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread.startVirtualThread(() -> {
                    AppSrcFixture.write(peer, data);
                    AppSrcFixture.close(peer);
                });
                boolean[] seen = new boolean[2];
                Channel channel = fixture.accepted();
                while (channel.isActive()) {
                    largest.accumulateAndGet((int) handler.pendingBytes(), Math::max);
                    seen[channel.config().isAutoRead() ? 1 : 0] = true;
                    Thread.sleep(1);
                }
                assertThat(seen).containsExactly(true, true);
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
        // The limit, and what one read brings along: 16 buffers of 64 KiB at most.
        assertThat(largest.get()).isBetween(50_000, 50_000 + 17 * (64 << 10));
    }
}
