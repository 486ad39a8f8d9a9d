package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch putOff = new CountDownLatch(1);
        ChannelDuplexHandler reader = new ChannelDuplexHandler() {
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
                int before = reads.get();
                ctx.channel().read();
                if (reads.get() == before) {
                    putOff.countDown();
                }
            }

            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
                ctx.read();
            }
        };
        try (RawPipeline pipeline = RawPipeline.parse("appsrc name=in max-bytes=100000 ! filesink location=" + file);
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler, reader);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread writer = Thread.startVirtualThread(() -> AppSrcFixture.write(peer, data));
                Channel channel = fixture.accepted();
                assertThat(putOff.await(Await.SECONDS, TimeUnit.SECONDS))
                        .as("a read is put off")
                        .isTrue();
                int before = reads.get();
                channel.read();
                fixture.loops().run(() -> {});
                assertThat(reads.get()).isEqualTo(before);
                assertThat(handler.pendingBytes()).isBetween(100_000L, data.length / 2L);
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
        AtomicLong largest = new AtomicLong();
        try (RawPipeline pipeline = RawPipeline.parse(
                        "appsrc name=in max-bytes=50000 ! identity sleep-time=2000 ! filesink location=" + file);
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelReadComplete(ChannelHandlerContext ctx) {
                    largest.accumulateAndGet(handler.pendingBytes(), Math::max);
                    ctx.fireChannelReadComplete();
                }
            });
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Thread.startVirtualThread(() -> {
                    AppSrcFixture.write(peer, data);
                    AppSrcFixture.close(peer);
                });
                Channel channel = fixture.accepted();
                // Before the sink takes any, so that it is full once for certain.
                Await.until(() -> !channel.config().isAutoRead(), () -> "the channel is held back");
                largest.accumulateAndGet(handler.pendingBytes(), Math::max);
                pipeline.play();
                Await.success(channel.closeFuture());
            }
            pipeline.awaitEos();
        }
        assertThat(AppSrcFixture.sha256(Files.readAllBytes(file))).isEqualTo(AppSrcFixture.sha256(data));
        // The limit, and what one read brings along: 16 buffers of 64 KiB at most.
        assertThat(largest.get()).isBetween(50_000L, 50_000L + 17 * (64 << 10));
    }
}
