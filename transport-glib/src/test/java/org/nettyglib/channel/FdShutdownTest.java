package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link GLibFdChannel} whose input was shut by its user: the kernel knows nothing of that, and goes on to offer data. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
class FdShutdownTest {
    /** {@code limits.h}: PIPE_BUF, which arrives in one piece. */
    private static final int ATOMIC = 4096;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    private Bootstrap bootstrap(Recorder handler, boolean halfClosure) {
        return FdPipes.bootstrap(loops, handler).option(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure);
    }

    /** A socket reads to its end after that; a descriptor has no end of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotReadOneDescriptorWhoseInputWasShut(boolean halfClosure) throws Exception {
        FileDescriptor counter = NativeFds.eventfd();
        DuplexChannel channel =
                (DuplexChannel) FdPipes.register(bootstrap(events, halfClosure), () -> new GLibFdChannel(counter));
        Await.success(channel.shutdownInput());
        // It is readable from then on.
        Await.success(channel.writeAndFlush(Unpooled.copyLong(Long.reverseBytes(1))));
        loops.assertIdle();
        channel.read();
        loops.assertIdle();
        assertThat(events.bytes()).isZero();
        assertThat(channel.isOpen()).isTrue();

        Await.success(channel.close());
        events.assertClosedOnce();
        assertThat(events.exceptions()).isEmpty();
    }

    /** The loop of reads went on, with a number that was closed, or another's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotReadOnWhenInputIsShutInsideRead(boolean halfClosure) throws Exception {
        Recorder shutting = new Recorder() {
            @Override
            void on(Event event, Channel channel, Object detail) throws Exception {
                super.on(event, channel, detail);
                if (event == Event.READ) {
                    ((DuplexChannel) channel).shutdownInput();
                }
            }
        };
        try (FdPipes pipes = new FdPipes(bootstrap(shutting, halfClosure)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(ATOMIC / 4).maxMessagesPerRead(16)))) {
            pipes.toChannel().write(Payload.bytes(ATOMIC));
            shutting.await(Event.READ_COMPLETE);
            loops.assertIdle();
            assertThat(shutting.bytes()).isEqualTo(ATOMIC / 4);
            assertThat(shutting.exceptions()).isEmpty();

            byte[] data = Payload.bytes(1_000);
            Await.success(pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(data)));
            assertThat(pipes.fromChannel().readNBytes(data.length)).isEqualTo(data);
        }
        shutting.assertClosedOnce();
    }
}
