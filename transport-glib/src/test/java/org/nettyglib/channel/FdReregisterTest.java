package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.loop.GLibBackend;

/** A {@link GLibFdChannel} that goes from one loop to another, of the same backend or of the other. */
class FdReregisterTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    private void move(Channel channel, EventLoop to) throws InterruptedException {
        Await.success(channel.deregister());
        assertThat(channel.isRegistered()).isFalse();
        Await.success(to.register(channel));
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInLoopItIsMovedTo(GLibBackend backend) throws Exception {
        EventLoop there = loops.newGroup(backend).next();
        try (FdPipes pipes = new FdPipes(loops, events)) {
            Channel channel = pipes.channel();
            EventLoop here = channel.eventLoop();
            for (int i = 1; i <= 10; i++) {
                pipes.toChannel().write(Payload.bytes(1_000));
                move(channel, i % 2 == 0 ? here : there);
                events.awaitBytes(i * 1_000L);
                byte[] data = Payload.bytes(i);
                Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
                assertThat(pipes.fromChannel().readNBytes(i)).isEqualTo(data);
            }
            loops.assertIdle();
            pipes.toChannel().close();
            Await.success(channel.closeFuture());
            loops.assertIdle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFinishAPendingWriteInLoopItIsMovedTo(GLibBackend backend) throws Exception {
        byte[] data = Payload.bytes(1 << 20);
        EventLoop there = loops.newGroup(backend).next();
        try (FdPipes pipes = new FdPipes(loops, events)) {
            ChannelFuture written = pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(data));
            move(pipes.channel(), there);
            assertThat(written.isDone()).isFalse();
            assertThat(pipes.fromChannel().readNBytes(data.length)).isEqualTo(data);
            Await.success(written);
            loops.assertIdle();
        }
    }

    /** Half of it stays behind for good. */
    @ParameterizedTest
    @EnumSource
    void shouldMoveWithOneDirectionShut(GLibBackend backend) throws Exception {
        EventLoop there = loops.newGroup(backend).next();
        try (FdPipes pipes = new FdPipes(loops, events)) {
            Await.success(((DuplexChannel) pipes.channel()).shutdownOutput());
            move(pipes.channel(), there);
            pipes.toChannel().write(Payload.bytes(1_000));
            events.awaitBytes(1_000);
            loops.assertIdle();
        }
        try (FdPipes pipes = new FdPipes(loops, new SharedSink())) {
            Await.success(((DuplexChannel) pipes.channel()).shutdownInput());
            move(pipes.channel(), there);
            Await.success(pipes.channel().writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000))));
            assertThat(pipes.fromChannel().readNBytes(1_000)).isEqualTo(Payload.bytes(1_000));
            loops.assertIdle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveADescriptorForBothDirections(GLibBackend backend) throws Exception {
        EventLoop there = loops.newGroup(backend).next();
        FileDescriptor counter = NativeFds.eventfd();
        Channel channel = FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(counter));
        move(channel, there);
        Await.success(channel.writeAndFlush(Unpooled.copyLong(Long.reverseBytes(1))));
        events.awaitBytes(8);
        Await.success(channel.close());
    }
}
