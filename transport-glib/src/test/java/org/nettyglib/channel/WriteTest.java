package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nettyglib.loop.GLibEventLoop;

/** Whatever is written arrives, in order, from every kind of buffer. */
@SuppressWarnings("FutureReturnValueIgnored") // the last write tells of all
@ParameterizedClass
@EnumSource
class WriteTest {
    /** {@code limits.h}: the most buffers that one writev(2) takes. */
    private static final int IOV_MAX = 1024;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Recorder events = new Recorder();

    WriteTest(StreamKind kind) {
        this.kind = kind;
    }

    private Channel connect(Listener server) throws InterruptedException {
        return ChannelFixture.channel(loops.client(kind, events).connect(server.address()));
    }

    private static Stream<Arguments> kinds() {
        return Stream.of(
                kind("heap", Unpooled::copiedBuffer),
                kind("heap with offset", bytes -> offset(Unpooled.buffer(), bytes)),
                kind("direct", bytes -> Unpooled.directBuffer().writeBytes(bytes)),
                kind("direct with offset", bytes -> offset(Unpooled.directBuffer(), bytes)),
                kind("read-only direct", bytes -> Unpooled.wrappedBuffer(readOnly(bytes, true))),
                kind("read-only heap", bytes -> Unpooled.wrappedBuffer(readOnly(bytes, false))),
                kind(
                        "read-only view",
                        bytes -> Unpooled.directBuffer().writeBytes(bytes).asReadOnly()),
                kind("composite direct", bytes -> composite(bytes, true)),
                kind("composite heap", bytes -> composite(bytes, false)),
                kind("slice", bytes -> offset(Unpooled.directBuffer(), bytes).slice()));
    }

    private static Arguments kind(String name, Function<byte[], ByteBuf> maker) {
        return arguments(name, maker);
    }

    private static ByteBuf offset(ByteBuf empty, byte[] bytes) {
        return empty.writeLong(0).writeBytes(bytes).skipBytes(Long.BYTES);
    }

    private static ByteBuffer readOnly(byte[] bytes, boolean direct) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes.length) : ByteBuffer.allocate(bytes.length);
        return buffer.put(bytes).flip().asReadOnlyBuffer();
    }

    /** In more parts than one writev(2) takes. */
    private static ByteBuf composite(byte[] bytes, boolean direct) {
        int parts = IOV_MAX + 500;
        CompositeByteBuf composite = Unpooled.compositeBuffer(parts + 1);
        int step = Math.max(1, bytes.length / parts);
        for (int i = 0; i < bytes.length; i += step) {
            int length = Math.min(step, bytes.length - i);
            ByteBuf part = direct ? Unpooled.directBuffer(length) : Unpooled.buffer(length);
            composite.addComponent(true, part.writeBytes(bytes, i, length));
        }
        return composite;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void shouldWriteBuffer(String name, Function<byte[], ByteBuf> maker) throws Exception {
        byte[] small = Payload.bytes(3000);
        byte[] big = Payload.bytes(3 << 20);
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                List<ByteBuf> bufs = new ArrayList<>();
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                // One by itself, then several with one flush.
                for (byte[] bytes : List.of(small, big)) {
                    ByteBuf buf = maker.apply(bytes);
                    bufs.add(buf);
                    expected.writeBytes(bytes);
                    ChannelFuture written = channel.writeAndFlush(buf);
                    assertThat(Payload.checksum(peer.read(bytes.length))).isEqualTo(Payload.checksum(bytes));
                    Await.success(written);
                }
                expected.reset();
                for (byte[] bytes : List.of(small, big, small, small)) {
                    ByteBuf buf = maker.apply(bytes);
                    bufs.add(buf);
                    expected.writeBytes(bytes);
                    channel.write(buf, channel.voidPromise());
                }
                ChannelFuture written = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
                byte[] all = expected.toByteArray();
                assertThat(Payload.checksum(peer.read(all.length))).isEqualTo(Payload.checksum(all));
                Await.success(written);
                assertThat(bufs)
                        .as(name)
                        .allSatisfy(buf -> assertThat(buf.refCnt()).isZero());
            }
        }
    }

    @Test
    void shouldGatherMoreBuffersThanOneWritevTakes() throws Exception {
        int count = 5 * IOV_MAX + 3;
        int length = 700;
        byte[] all = Payload.bytes(count * length);
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                List<ChannelFuture> written = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    written.add(channel.write(Unpooled.directBuffer().writeBytes(all, i * length, length)));
                    if (i % 100 == 0) {
                        written.add(channel.write(Unpooled.EMPTY_BUFFER));
                    }
                }
                channel.flush();
                assertThat(Payload.checksum(peer.read(all.length))).isEqualTo(Payload.checksum(all));
                for (ChannelFuture future : written) {
                    Await.success(future);
                }
                loops.assertIdle();
            }
        }
    }

    @Test
    void shouldWriteOnlyEmptyBuffers() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                List<ChannelFuture> written = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    written.add(channel.write(channel.alloc().buffer()));
                    written.add(channel.write(channel.alloc().heapBuffer()));
                }
                channel.flush();
                for (ChannelFuture future : written) {
                    Await.success(future);
                }
                loops.assertIdle();
                Await.success(channel.close());
                assertThat(peer.readAll()).isEmpty();
            }
        }
    }

    /** One system call per turn: the rest goes on by itself, and others have their turn in between. */
    @Test
    void shouldFinishWriteOfManyTurns() throws Exception {
        byte[] data = Payload.bytes(8 << 20);
        try (Listener server = kind.listen();
                Neighbour neighbour = new Neighbour(loops)) {
            Channel channel = connect(server);
            channel.config().setWriteSpinCount(1);
            channel.config().setOption(ChannelOption.SO_SNDBUF, 8192);
            try (Peer peer = server.accept()) {
                ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(data));
                for (int i = 0; i < 8; i++) {
                    neighbour.assertAlive();
                    assertThat(Payload.checksum(peer.read(1 << 20)))
                            .isEqualTo(Payload.checksum(data, i << 20, 1 << 20));
                }
                Await.success(written);
                loops.assertIdle();
            }
        }
    }

    @Test
    void shouldGetManyMegabytesThroughToSlowReader() throws Exception {
        int chunk = 64 << 10;
        int chunks = 1024;
        byte[] data = Payload.bytes(chunk);
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                List<ChannelFuture> written = new ArrayList<>();
                for (int i = 0; i < chunks; i++) {
                    ByteBuf buf =
                            channel.alloc().directBuffer(chunk).writeBytes(data).setInt(0, i);
                    written.add(i % 10 == 9 ? channel.writeAndFlush(buf) : channel.write(buf));
                }
                channel.flush();
                for (int i = 0; i < chunks; i++) {
                    assertChunk(peer, i, data);
                    if (i % 64 == 0) {
                        Thread.sleep(5);
                    }
                }
                for (ChannelFuture future : written) {
                    Await.success(future);
                }
                loops.assertIdle();
            }
        }
    }

    private static void assertChunk(Peer peer, int number, byte[] data) throws IOException {
        byte[] read = peer.read(data.length);
        assertThat(ByteBuffer.wrap(read).getInt()).isEqualTo(number);
        assertThat(Payload.checksum(read, Integer.BYTES, data.length - Integer.BYTES))
                .isEqualTo(Payload.checksum(data, Integer.BYTES, data.length - Integer.BYTES));
    }

    /** The inner loop saw that the socket is writable, and the write, which is still under way outside, did nothing. */
    @Test
    void shouldNotSpinInNestedLoopOfWriteListener() throws Exception {
        GLibEventLoop loop = (GLibEventLoop) loops.loop();
        byte[] data = Payload.bytes(8 << 20);
        CountDownLatch nested = new CountDownLatch(1);
        Promise<Void> enough = loop.newPromise();
        try (Listener server = kind.listen();
                Neighbour neighbour = new Neighbour(loops)) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                // Both are more than the kernel takes at once, so that the channel waits for room, and does so again.
                channel.write(Unpooled.wrappedBuffer(data)).addListener(written -> {
                    MainLoop inner = new MainLoop(loop.mainContext(), false);
                    enough.addListener(end -> inner.quit());
                    nested.countDown();
                    inner.run();
                });
                ChannelFuture last = channel.writeAndFlush(Unpooled.wrappedBuffer(data));
                assertThat(Payload.checksum(peer.read(data.length))).isEqualTo(Payload.checksum(data));
                try {
                    assertThat(nested.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
                    neighbour.assertAlive();
                    loops.assertIdle();
                    assertThat(last.isDone()).isFalse();
                } finally {
                    enough.setSuccess(null);
                }
                assertThat(Payload.checksum(peer.read(data.length))).isEqualTo(Payload.checksum(data));
                Await.success(last);
                loops.assertIdle();
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoData() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                assertThat(Await.failure(channel.writeAndFlush("text")))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("String");
                Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1})));
                assertThat(peer.read(1)).containsExactly(1);
            }
        }
    }
}
