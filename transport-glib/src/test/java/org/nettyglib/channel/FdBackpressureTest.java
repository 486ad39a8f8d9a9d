package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A {@link GLibFdChannel} whose reader, or whose peer, takes its time. */
class FdBackpressureTest {
    private static final int MORE_THAN_A_PIPE_HOLDS = 1 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @Test
    void shouldReadNothingUntilAsked() throws Exception {
        try (FdPipes pipes = new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.AUTO_READ, false))) {
            pipes.toChannel().write(Payload.bytes(1_000));
            loops.assertIdle();
            assertThat(events.bytes()).isZero();

            pipes.channel().read();
            events.awaitBytes(1_000);
            pipes.toChannel().write(Payload.bytes(1_000));
            loops.assertIdle();
            assertThat(events.bytes()).isEqualTo(1_000);

            pipes.channel().config().setAutoRead(true);
            events.awaitBytes(2_000);
        }
    }

    @Test
    void shouldHoldAFastWriterBack() throws Exception {
        byte[] data = Payload.bytes(MORE_THAN_A_PIPE_HOLDS);
        try (FdPipes pipes = new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.AUTO_READ, false))) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writeAll(pipes.toChannel(), data));
            loops.assertIdle();
            assertThat(written).isNotDone();
            pipes.channel().config().setAutoRead(true);
            written.get(Await.SECONDS, TimeUnit.SECONDS);
            events.awaitBytes(data.length);
            assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
        }
    }

    private static void writeAll(OutputStream out, byte[] data) {
        try {
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayWhenItIsWritable() throws Exception {
        byte[] data = Payload.bytes(MORE_THAN_A_PIPE_HOLDS);
        try (FdPipes pipes = new FdPipes(FdPipes.bootstrap(loops, events)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1_000, 2_000)))) {
            ChannelFuture written = pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(data));
            events.await(Event.UNWRITABLE);
            loops.assertIdle();
            assertThat(written.isDone()).isFalse();
            assertThat(pipes.fromChannel().readNBytes(data.length)).isEqualTo(data);
            Await.success(written);
            events.await(Event.WRITABLE);
            loops.assertIdle();
        }
    }

    @Test
    void shouldSeeTheEndWhenItReadsAgain() throws Exception {
        try (FdPipes pipes = new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.AUTO_READ, false))) {
            pipes.toChannel().write(Payload.bytes(1_000));
            pipes.toChannel().close();
            loops.assertIdle();
            assertThat(events.count(Event.INACTIVE)).isZero();
            pipes.channel().config().setAutoRead(true);
            events.assertClosedOnce();
            assertThat(events.bytes()).isEqualTo(1_000);
        }
    }

    /** A hang-up, which is reported without being asked for, was taken for data that somebody wants. */
    @Test
    void shouldReadOnlyWhatItIsAskedForAtAHangUp() throws Exception {
        PipeEnds<OutputStream> pipe = PipeEnds.toRead();
        Channel channel = FdPipes.register(
                FdPipes.bootstrap(loops, events)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(400)),
                () -> new GLibFdChannel(pipe.fd()));
        pipe.peer().write(Payload.bytes(1_000));
        pipe.peer().close();
        for (int expected : new int[] {0, 400, 800, 1_000}) {
            events.awaitBytes(expected);
            loops.assertIdle();
            assertThat(events.bytes()).isEqualTo(expected);
            assertThat(channel.isOpen()).isTrue();
            channel.read();
        }
        events.assertClosedOnce();
        assertThat(events.checksum()).isEqualTo(Payload.checksum(Payload.bytes(1_000)));
        assertThat(events.exceptions()).isEmpty();
    }

    /** The end of what it reads does not disturb what it writes. */
    @Test
    void shouldWriteOnAtAHangUpOfItsInput() throws Exception {
        byte[] data = Payload.bytes(MORE_THAN_A_PIPE_HOLDS);
        try (FdPipes pipes = new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.AUTO_READ, false))) {
            pipes.toChannel().write(Payload.bytes(50_000));
            ChannelFuture written = pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(data));
            pipes.toChannel().close();
            loops.assertIdle();
            assertThat(events.bytes()).isZero();
            assertThat(pipes.fromChannel().readNBytes(data.length)).isEqualTo(data);
            Await.success(written);
            loops.assertIdle();
            assertThat(events.bytes()).isZero();

            pipes.channel().config().setAutoRead(true);
            events.assertClosedOnce();
            assertThat(events.bytes()).isEqualTo(50_000);
        }
    }
}
