package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody reads any more what a {@link GLibFdChannel} writes. A signal for that must not end the JVM. */
class FdBrokenPipeTest {
    private static final int MORE_THAN_A_PIPE_HOLDS = 1 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    private static ChannelFuture write(Channel channel, int length) {
        return channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(length)));
    }

    @Test
    void shouldFailAWriteWithAClearException() throws Exception {
        PipeEnds<InputStream> pipe = PipeEnds.toWrite();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(pipe.fd()));
        // On the loop, so that the write comes before the loop sees that the reader is gone.
        ChannelFuture written = Await.success(channel.eventLoop().submit(() -> {
            pipe.peer().close();
            return write(channel, 10);
        }));
        assertThat(Await.failure(written)).isInstanceOf(IOException.class).hasMessageContaining("Broken pipe");
        events.assertClosedOnce();
        loops.assertIdle();
    }

    @Test
    void shouldFailWhatWaitsToBeWritten() throws Exception {
        PipeEnds<InputStream> pipe = PipeEnds.toWrite();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(pipe.fd()));
        ChannelFuture written = write(channel, MORE_THAN_A_PIPE_HOLDS);
        assertThat(pipe.peer().readNBytes(1_000)).hasSize(1_000);
        pipe.peer().close();
        assertThat(Await.failure(written)).isInstanceOf(IOException.class);
        events.assertClosedOnce();
        loops.assertIdle();
    }

    @Test
    void shouldCloseAChannelOfTwoPipes() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, events)) {
            pipes.fromChannel().close();
            events.assertClosedOnce();
            assertThat(events.exceptions()).isEmpty();
            loops.assertIdle();
        }
    }

    @Test
    void shouldCloseAChannelOfTwoPipesThatDoesNotReadNow() throws Exception {
        try (FdPipes pipes = new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.AUTO_READ, false))) {
            pipes.toChannel().write(1);
            pipes.fromChannel().close();
            events.assertClosedOnce();
            assertThat(events.bytes()).isZero();
            loops.assertIdle();
        }
    }

    @Test
    void shouldReadOnWhereHalfClosureIsAllowed() throws Exception {
        try (FdPipes pipes =
                new FdPipes(FdPipes.bootstrap(loops, events).option(ChannelOption.ALLOW_HALF_CLOSURE, true))) {
            DuplexChannel channel = (DuplexChannel) pipes.channel();
            pipes.fromChannel().close();
            Await.until(channel::isOutputShutdown, () -> "output shut");
            loops.assertIdle();
            pipes.toChannel().write(Payload.bytes(1_000));
            events.awaitBytes(1_000);
            assertThat(Await.failure(write(channel, 1))).isInstanceOf(IOException.class);
            loops.assertIdle();
            assertThat(channel.isOpen()).isTrue();
            pipes.toChannel().close();
            events.await(Event.INPUT_SHUT_READ_COMPLETE);
            loops.assertIdle();
        }
        events.assertClosedOnce();
    }
}
