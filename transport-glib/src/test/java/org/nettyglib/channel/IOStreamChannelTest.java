package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link GLibIOStreamChannel} on streams that GIO can poll and on others. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
@ParameterizedClass
@EnumSource
class IOStreamChannelTest {
    /** More than the kernel takes while nobody reads. */
    private static final int MUCH = 16 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final IOStreamKind kind;
    private final Recorder events = new Recorder();

    IOStreamChannelTest(IOStreamKind kind) {
        this.kind = kind;
    }

    private Bootstrap bootstrap(ChannelHandler handler) {
        return FdPipes.bootstrap(loops, handler);
    }

    private static CompletableFuture<Void> writing(OutputStream to, byte[] data) {
        return CompletableFuture.runAsync(() -> {
            try {
                to.write(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void shouldGiveBackAllThatComes() throws Exception {
        byte[] data = Payload.bytes(MUCH);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(new SharedEcho()));
            assertThat(channel.isActive()).isTrue();
            CompletableFuture<Void> written = writing(ends.toStream(), data);
            assertThat(Payload.checksum(ends.fromStream().readNBytes(MUCH))).isEqualTo(Payload.checksum(data));
            written.get(Await.SECONDS, TimeUnit.SECONDS);
            loops.assertIdle();
            ends.toStream().close();
            Await.success(channel.closeFuture());
            assertThat(ends.fromStream().read()).isEqualTo(-1);
        }
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldReadNothingUntilAsked() throws Exception {
        byte[] data = Payload.bytes(MUCH);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events).option(ChannelOption.AUTO_READ, false));
            CompletableFuture<Void> written = writing(ends.toStream(), data);
            loops.assertIdle();
            assertThat(events.bytes()).isZero();

            channel.read();
            events.await(Event.READ_COMPLETE);
            loops.assertIdle();
            assertThat(events.count(Event.READ_COMPLETE)).isOne();
            assertThat(written).isNotDone();

            channel.config().setAutoRead(true);
            written.get(Await.SECONDS, TimeUnit.SECONDS);
            events.awaitBytes(MUCH);
            assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
            Await.success(channel.close());
        }
    }

    @Test
    void shouldWaitForAReaderThatTakesItsTime() throws Exception {
        byte[] data = Payload.bytes(MUCH);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1_000, 2_000)));
            ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(data));
            events.await(Event.UNWRITABLE);
            loops.assertIdle();
            assertThat(written.isDone()).isFalse();

            assertThat(Payload.checksum(ends.fromStream().readNBytes(MUCH))).isEqualTo(Payload.checksum(data));
            Await.success(written);
            events.await(Event.WRITABLE);
            loops.assertIdle();
            Await.success(channel.close());
        }
    }

    @Test
    void shouldWriteManyMessagesInOrder() throws Exception {
        byte[] data = Payload.bytes(100_000);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            for (int i = 0; i < data.length; i += 100) {
                ByteBuf message = Unpooled.wrappedBuffer(data, i, 100);
                channel.write(i % 200 == 0 ? message : composite(message));
            }
            channel.write(Unpooled.EMPTY_BUFFER);
            channel.flush();
            assertThat(Payload.checksum(ends.fromStream().readNBytes(data.length)))
                    .isEqualTo(Payload.checksum(data));
            Await.success(channel.close());
        }
    }

    private static ByteBuf composite(ByteBuf whole) {
        CompositeByteBuf composite = Unpooled.compositeBuffer();
        composite.addComponent(true, Unpooled.directBuffer().writeBytes(whole, 40));
        composite.addComponent(true, Unpooled.directBuffer().writeBytes(whole, 60));
        whole.release();
        return composite;
    }

    @Test
    void shouldStayOpenForWritingAtTheEndOfTheInput() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events).option(ChannelOption.ALLOW_HALF_CLOSURE, true));
            ends.toStream().write(Payload.bytes(1_000));
            ends.toStream().close();
            events.await(Event.INPUT_SHUT_READ_COMPLETE);
            assertThat(events.bytes()).isEqualTo(1_000);
            assertThat(channel.isInputShutdown()).isTrue();
            for (int i = 0; i < 10; i++) {
                channel.read();
            }
            loops.assertIdle();

            byte[] data = Payload.bytes(MUCH);
            channel.writeAndFlush(Unpooled.wrappedBuffer(data)).addListener(written -> channel.shutdownOutput());
            assertThat(Payload.checksum(ends.fromStream().readAllBytes())).isEqualTo(Payload.checksum(data));
            Await.success(channel.close());
            events.assertClosedOnce();
            assertThat(events.count(Event.INPUT_SHUT)).isOne();
            assertThat(events.count(Event.INPUT_SHUT_READ_COMPLETE)).isOne();
            assertThat(events.exceptions()).isEmpty();
        }
    }

    @Test
    void shouldReadOnWhenItsOutputIsShut() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events).option(ChannelOption.ALLOW_HALF_CLOSURE, true));
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(50_000))));
            Await.success(channel.shutdownOutput());
            assertThat(ends.fromStream().readAllBytes()).isEqualTo(Payload.bytes(50_000));
            assertThat(channel.isOutputShutdown()).isTrue();
            assertThat(Await.failure(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1)))))
                    .isInstanceOf(ClosedChannelException.class);
            loops.assertIdle();

            ends.toStream().write(Payload.bytes(1_000));
            events.awaitBytes(1_000);
            assertThat(channel.isActive()).isTrue();
            Await.success(channel.close());
        }
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldReadNothingMoreWhenItsInputIsShut() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events).option(ChannelOption.ALLOW_HALF_CLOSURE, true));
            Await.success(channel.shutdownInput());
            assertThat(channel.isInputShutdown()).isTrue();
            loops.assertIdle();
            assertThat(channel.isActive()).isTrue();
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000))));
            assertThat(ends.fromStream().readNBytes(1_000)).isEqualTo(Payload.bytes(1_000));
            assertThat(events.bytes()).isZero();
            Await.success(channel.close());
        }
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldCloseInsideARead() throws Exception {
        Recorder closer = new Recorder() {
            @Override
            void on(Event event, io.netty.channel.Channel from, Object detail) throws Exception {
                super.on(event, from, detail);
                if (event == Event.READ) {
                    from.close();
                }
            }
        };
        try (IOStreamEnds ends = kind.open()) {
            ends.register(bootstrap(closer));
            // So much that the other end may see nobody reads on.
            ends.toStream().write(Payload.bytes(50_000));
            closer.assertClosedOnce();
            assertThat(closer.count(Event.READ)).isOne();
        }
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldFailWhatIsPendingWhenItIsClosed() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(MUCH)));
            Await.success(channel.close());
            assertThat(Await.failure(written)).isInstanceOf(ClosedChannelException.class);
            assertThat(ends.fromStream().readAllBytes().length).isLessThan(MUCH);
        }
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldWriteWhatWasTakenBeforeItIsClosed() throws Exception {
        byte[] data = Payload.bytes(30_000);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            Await.success(channel.eventLoop().submit(() -> {
                channel.writeAndFlush(Unpooled.wrappedBuffer(data));
                channel.close();
            }));
            assertThat(ends.fromStream().readAllBytes()).isEqualTo(data);
        }
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldCloseWhenNobodyReadsWhatItWrites() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events).option(ChannelOption.ALLOW_HALF_CLOSURE, true));
            ends.fromStream().close();
            while (channel.isOpen() && !channel.isOutputShutdown()) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000)))
                        .awaitUninterruptibly();
            }
            Await.success(channel.close());
            events.assertClosedOnce();
        }
        loops.assertNoChannelLeft();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInTheLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop there = target.of(loops);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            EventLoop here = channel.eventLoop();
            for (int i = 1; i <= 10; i++) {
                if (i % 3 == 0) {
                    // While a read waits for it; otherwise it is there before.
                    ends.toStream().write(Payload.bytes(1_000));
                }
                Await.success(channel.deregister());
                Await.success((i % 2 == 0 ? here : there).register(channel));
                if (i % 3 != 0) {
                    ends.toStream().write(Payload.bytes(1_000));
                }
                events.awaitBytes(i * 1_000L);
                byte[] data = Payload.bytes(i);
                Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
                assertThat(ends.fromStream().readNBytes(i)).isEqualTo(data);
            }
            loops.assertIdle();
            ends.toStream().close();
            Await.success(channel.closeFuture());
        }
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldFinishAPendingWriteInTheLoopItIsMovedTo() throws Exception {
        byte[] data = Payload.bytes(MUCH);
        EventLoop there = MoveTarget.OTHER_LOOP.of(loops);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(data));
            Await.success(channel.deregister());
            Await.success(there.register(channel));
            assertThat(Payload.checksum(ends.fromStream().readNBytes(MUCH))).isEqualTo(Payload.checksum(data));
            Await.success(written);
            Await.success(channel.close());
        }
        loops.assertNoChannelLeft();
    }

    /** A read is under way, and nobody writes. */
    @Test
    void shouldEndWithItsLoop() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            loops.assertIdle();
            Await.success(channel.eventLoop().parent().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
            events.assertClosedOnce();
            assertThat(ends.fromStream().read()).isEqualTo(-1);
        }
    }

    /** A write is under way, and nobody reads. */
    @Test
    void shouldEndWithItsLoopThoughNobodyReads() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = ends.register(bootstrap(events));
            ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(MUCH)));
            loops.assertIdle();
            Await.success(channel.eventLoop().parent().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
            assertThat(Await.failure(written)).isInstanceOf(ClosedChannelException.class);
            events.assertClosedOnce();
        }
    }

    /** It reads whatever the input is able to do, before it has a loop and after. */
    @Test
    void shouldCloseWithoutALoop() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            GLibIOStreamChannel channel = new GLibIOStreamChannel(ends.stream());
            channel.unsafe().closeForcibly();
            assertThat(channel.isOpen()).isFalse();
            assertThat(ends.stream().isClosed()).isTrue();
            assertThat(ends.fromStream().read()).isEqualTo(-1);
        }
    }
}
