package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.ffi.LibGlib;

/** A {@link GLibIOStreamChannel} whose handler iterates the context while it reads. */
@ParameterizedClass
@EnumSource
class IOStreamNestedTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final IOStreamKind kind;
    private final List<String> reads = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> nested = new CompletableFuture<>();
    private boolean left;

    IOStreamNestedTest(IOStreamKind kind) {
        this.kind = kind;
    }

    /** Notes what comes, and nests at the first. */
    private final class Nester extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            int length = message.readableBytes();
            reads.add("begin " + length);
            if (nested.complete(null)) {
                while (!left) {
                    LibGlib.g_main_context_iteration(LibGlib.g_main_context_get_thread_default(), true);
                }
            }
            reads.add("end " + length);
        }
    }

    private DuplexChannel nest(IOStreamEnds ends) throws Exception {
        DuplexChannel channel = ends.register(FdPipes.bootstrap(loops, new Nester()));
        ends.toStream().write(Payload.bytes(100));
        nested.get(Await.SECONDS, TimeUnit.SECONDS);
        return channel;
    }

    private void leave() {
        loops.loop().execute(() -> left = true);
    }

    @Test
    void shouldReadNothingInsideARead() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = nest(ends);
            ends.toStream().write(Payload.bytes(50));
            // Inside, somebody stops reading and starts again.
            channel.config().setAutoRead(false);
            loops.assertIdle();
            channel.config().setAutoRead(true);
            loops.assertIdle();
            assertThat(reads).containsExactly("begin 100");

            leave();
            Await.until(() -> reads.size() == 4, () -> "two reads, but there are " + reads);
            assertThat(reads).containsExactly("begin 100", "end 100", "begin 50", "end 50");
            Await.success(channel.close());
        }
    }

    @Test
    void shouldWriteInsideARead() throws Exception {
        byte[] data = Payload.bytes(4 << 20);
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = nest(ends);
            var written = channel.writeAndFlush(Unpooled.wrappedBuffer(data));
            assertThat(Payload.checksum(ends.fromStream().readNBytes(data.length)))
                    .isEqualTo(Payload.checksum(data));
            Await.success(written);
            loops.assertIdle();
            leave();
            Await.until(() -> reads.size() == 2, () -> "the read returned, but " + reads);
            Await.success(channel.close());
        }
    }

    @Test
    void shouldCloseInsideARead() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            Channel channel = nest(ends);
            Await.success(channel.close());
            assertThat(ends.fromStream().read()).isEqualTo(-1);
            loops.assertIdle();
            leave();
            Await.until(() -> reads.size() == 2, () -> "the read returned, but " + reads);
        }
        loops.assertNoChannelLeft();
    }

    /** The loop it is moved to does not wait for the handler that still runs on the former one. */
    @Test
    void shouldReadInTheLoopItIsMovedToInsideARead() throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            DuplexChannel channel = nest(ends);
            Await.success(channel.deregister());
            Await.success(MoveTarget.OTHER_LOOP.of(loops).register(channel));
            ends.toStream().write(Payload.bytes(50));
            Await.until(() -> reads.size() == 3, () -> "another read, but there are " + reads);
            assertThat(reads).containsExactly("begin 100", "begin 50", "end 50");
            leave();
            Await.until(() -> reads.size() == 4, () -> "the read returned, but " + reads);
            Await.success(channel.close());
        }
    }
}
