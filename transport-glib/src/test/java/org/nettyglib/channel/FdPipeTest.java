package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A {@link GLibFdChannel} of two pipes, or of one. */
class FdPipeTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @Test
    void shouldReadAndWrite() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            byte[] there = Payload.bytes(1_000);
            pipes.toChannel().write(there);
            events.awaitBytes(there.length);
            assertThat(events.checksum()).isEqualTo(Payload.checksum(there));

            byte[] back = Payload.bytes(2_000);
            Await.success(pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(back)));
            assertThat(pipes.fromChannel().readNBytes(back.length)).isEqualTo(back);
            assertThat(events.count(Event.ACTIVE)).isOne();
            loops.assertIdle();
        }
        events.assertClosedOnce();
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldHaveNoAddresses() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            assertThat(pipes.channel().localAddress()).isNull();
            assertThat(pipes.channel().remoteAddress()).isNull();
            assertThat(Await.failure(pipes.channel().bind(ChannelFixture.ANY_PORT)))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        try (FdPipes pipes = new FdPipes(loops, new SharedSink())) {
            assertThat(Await.failure(pipes.channel().connect(ChannelFixture.ANY_PORT)))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void shouldCloseAtTheEndOfItsInput() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            pipes.toChannel().write(Payload.bytes(100_000), 0, 50_000);
            pipes.toChannel().close();
            events.assertClosedOnce();
            assertThat(events.bytes()).isEqualTo(50_000);
            assertThat(events.exceptions()).isEmpty();
            assertThat(pipes.fromChannel().read()).as("the end of the output").isEqualTo(-1);
            loops.assertIdle();
        }
    }

    @Test
    void shouldWriteOnAfterTheEndOfItsInputWhereHalfClosureIsAllowed() throws Exception {
        try (FdPipes pipes =
                new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.ALLOW_HALF_CLOSURE, true))) {
            pipes.toChannel().write(1);
            pipes.toChannel().close();
            events.await(Event.INPUT_SHUT_READ_COMPLETE);
            loops.assertIdle();
            assertThat(((DuplexChannel) pipes.channel()).isInputShutdown()).isTrue();
            assertThat(events.count(Event.INPUT_SHUT)).isOne();
            assertThat(events.count(Event.INPUT_SHUT_READ_COMPLETE)).isOne();

            byte[] data = Payload.bytes(10_000);
            Await.success(pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(data)));
            assertThat(pipes.fromChannel().readNBytes(data.length)).isEqualTo(data);
            loops.assertIdle();
        }
        events.assertClosedOnce();
    }

    @Test
    void shouldReadOnAfterItsOutputWasShut() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            DuplexChannel channel = (DuplexChannel) pipes.channel();
            Await.success(channel.shutdownOutput());
            assertThat(channel.isOutputShutdown()).isTrue();
            assertThat(channel.isInputShutdown()).isFalse();
            assertThat(pipes.fromChannel().read()).as("the end of the output").isEqualTo(-1);
            assertThat(Await.failure(channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]))))
                    .isInstanceOf(IOException.class);

            pipes.toChannel().write(Payload.bytes(1_000));
            events.awaitBytes(1_000);
            loops.assertIdle();
        }
        events.assertClosedOnce();
    }

    @Test
    void shouldWriteOnAfterItsInputWasShut() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            DuplexChannel channel = (DuplexChannel) pipes.channel();
            Await.success(channel.shutdownInput());
            assertThat(channel.isInputShutdown()).isTrue();
            loops.assertIdle();
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(() -> pipes.toChannel().write(1)).hasMessageContaining("Broken pipe");

            byte[] data = Payload.bytes(1_000);
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
            assertThat(pipes.fromChannel().readNBytes(data.length)).isEqualTo(data);
            loops.assertIdle();
        }
        events.assertClosedOnce();
    }

    @Test
    void shouldReadAnEndThatIsOpenForReadingOnly() throws Exception {
        PipeEnds<OutputStream> pipe = PipeEnds.toRead();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(pipe.fd()));
        assertThat(((DuplexChannel) channel).isOutputShutdown()).isTrue();
        assertThat(Await.failure(channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("reading only");
        pipe.peer().write(Payload.bytes(1_000));
        events.awaitBytes(1_000);
        loops.assertIdle();
        pipe.peer().close();
        events.assertClosedOnce();
        assertThat(pipe.fd().isOpen()).isFalse();
    }

    @Test
    void shouldWriteAnEndThatIsOpenForWritingOnly() throws Exception {
        PipeEnds<InputStream> pipe = PipeEnds.toWrite();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(pipe.fd()));
        assertThat(((DuplexChannel) channel).isInputShutdown()).isTrue();
        loops.assertIdle();
        byte[] data = Payload.bytes(1_000);
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
        assertThat(pipe.peer().readNBytes(data.length)).isEqualTo(data);
        loops.assertIdle();
        pipe.peer().close();
        events.assertClosedOnce();
        assertThat(pipe.fd().isOpen()).isFalse();
    }

    @Test
    void shouldWriteToWhatIsBothOfItsEnds() throws Exception {
        // A pipe to itself.
        FileDescriptor[] ends = FileDescriptor.pipe();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(ends[0], ends[1]));
        byte[] data = Payload.bytes(1 << 20);
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
        events.awaitBytes(data.length);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
        Await.success(channel.close());
        events.assertClosedOnce();
    }

    /** No event could ever come. */
    @Test
    void shouldCloseWhenBothDirectionsAreShut() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            Await.success(((DuplexChannel) pipes.channel()).shutdown());
            events.assertClosedOnce();
        }
        Recorder reading = new Recorder();
        PipeEnds<OutputStream> pipe = PipeEnds.toRead();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, reading), () -> new GLibFdChannel(pipe.fd()));
        Await.success(((DuplexChannel) channel).shutdownInput());
        reading.assertClosedOnce();
        assertThat(pipe.fd().isOpen()).isFalse();
        pipe.peer().close();
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }
}
