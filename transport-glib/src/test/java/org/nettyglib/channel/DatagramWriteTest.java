package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.DatagramRecorder.Packet;

/** What can be written to a datagram channel, and what becomes of it. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
class DatagramWriteTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder received = new DatagramRecorder();
    private GLibDatagramChannel receiver;
    private GLibDatagramChannel sender;

    /** Buffers that are not one piece of direct memory. */
    enum Kind {
        HEAP((allocator, bytes) -> allocator.heapBuffer().writeBytes(bytes)),
        READ_ONLY(
                (allocator, bytes) -> allocator.directBuffer().writeBytes(bytes).asReadOnly()),
        READ_ONLY_NIO((allocator, bytes) -> Unpooled.wrappedBuffer(
                ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer())),
        OFFSET((allocator, bytes) ->
                allocator.directBuffer().writeZero(13).writeBytes(bytes).skipBytes(13)),
        SLICE((allocator, bytes) -> allocator
                .directBuffer()
                .writeZero(13)
                .writeBytes(bytes)
                .writeZero(9)
                .slice(13, bytes.length)),
        COMPOSITE((allocator, bytes) -> compose(allocator, bytes, 3, true)),
        COMPOSITE_OF_HEAP((allocator, bytes) -> compose(allocator, bytes, 3, false)),
        COMPOSITE_OF_MORE_THAN_THE_KERNEL_TAKES((allocator, bytes) -> compose(allocator, bytes, bytes.length, true));

        final BiFunction<ByteBufAllocator, byte[], ByteBuf> factory;

        Kind(BiFunction<ByteBufAllocator, byte[], ByteBuf> factory) {
            this.factory = factory;
        }

        private static CompositeByteBuf compose(ByteBufAllocator allocator, byte[] bytes, int parts, boolean direct) {
            CompositeByteBuf composite = allocator.compositeBuffer(parts);
            int length = bytes.length / parts;
            for (int i = 0; i < parts; i++) {
                int from = i * length;
                int to = i == parts - 1 ? bytes.length : from + length;
                ByteBuf part = direct ? allocator.directBuffer() : allocator.heapBuffer();
                composite.addComponent(true, part.writeBytes(bytes, from, to - from));
            }
            return composite;
        }
    }

    @BeforeEach
    void bind() throws InterruptedException {
        // Enough for all that a test sends while the loop has no time to read.
        receiver = DatagramFixture.bind(datagrams.udp(received).option(ChannelOption.SO_RCVBUF, 1 << 20));
        sender = DatagramFixture.bind(datagrams.udp(new DatagramRecorder()));
    }

    private DatagramPacket packet(byte[] bytes) {
        return datagrams.packet(bytes, receiver);
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteAllKindsOfBuffers(Kind kind) throws Exception {
        byte[] bytes = Payload.bytes(3000);
        InetSocketAddress to = receiver.localAddress();
        Await.success(sender.writeAndFlush(new DatagramPacket(kind.factory.apply(loops.allocator(), bytes), to)));
        Await.success(
                sender.writeAndFlush(new DefaultAddressedEnvelope<>(kind.factory.apply(loops.allocator(), bytes), to)));
        Await.success(sender.connect(to));
        Await.success(sender.writeAndFlush(kind.factory.apply(loops.allocator(), bytes)));

        assertThat(received.await(3)).extracting(Packet::bytes).containsOnly(bytes);
    }

    @Test
    void shouldWriteManyAtOnceInOrder() throws Exception {
        // More than go with one system call, and of more buffers.
        int count = 400;
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuf content = i % 3 == 0
                    ? Kind.COMPOSITE.factory.apply(loops.allocator(), Payload.bytes(i))
                    : datagrams.direct(Payload.bytes(i));
            written.add(sender.write(new DatagramPacket(content, receiver.localAddress())));
        }
        sender.flush();
        for (ChannelFuture each : written) {
            Await.success(each);
        }
        List<Packet> packets = received.await(count);
        for (int i = 0; i < count; i++) {
            assertThat(packets.get(i).bytes()).isEqualTo(Payload.bytes(i));
        }
    }

    @Test
    void shouldKeepToLimits() throws Exception {
        sender.config().setWriteSpinCount(1);
        sender.config().setOption(ChannelOption.MAX_MESSAGES_PER_WRITE, 3);
        for (int i = 0; i < 49; i++) {
            sender.write(packet(Payload.bytes(i)));
        }
        Await.success(sender.writeAndFlush(packet(Payload.bytes(49))));
        assertThat(received.await(50)).extracting(Packet::length).isSorted();
        loops.assertIdle();
    }

    @Test
    void shouldFailOnlyTheMessageThatCannotBeSent() throws Exception {
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            written.add(sender.write(packet(Payload.bytes(i == 0 || i == 4 || i == 9 ? 70_000 : 100 + i))));
        }
        sender.flush();
        for (int i = 0; i < 10; i++) {
            if (i == 0 || i == 4 || i == 9) {
                assertThat(Await.failure(written.get(i)))
                        .isInstanceOf(NativeIoException.class)
                        .hasMessageContaining("sendmmsg")
                        .hasMessageContaining("Message too long");
            } else {
                Await.success(written.get(i));
            }
        }
        assertThat(received.await(7)).extracting(Packet::length).containsExactly(101, 102, 103, 105, 106, 107, 108);
        assertThat(sender.isActive()).isTrue();
    }

    @Test
    void shouldRefuseWhatHasNoRecipient() throws Exception {
        ChannelFuture first = sender.write(packet(Payload.bytes(1)));
        ChannelFuture nobody = sender.write(datagrams.direct(Payload.bytes(2)));
        ChannelFuture unresolved = sender.write(new DatagramPacket(
                datagrams.direct(Payload.bytes(3)), InetSocketAddress.createUnresolved("nowhere", 1)));
        ChannelFuture text = sender.write("text");
        ChannelFuture last = sender.writeAndFlush(packet(Payload.bytes(4)));

        Await.success(first);
        assertThat(Await.failure(nobody)).isInstanceOf(NotYetConnectedException.class);
        assertThat(Await.failure(unresolved)).isInstanceOf(UnresolvedAddressException.class);
        assertThat(Await.failure(text))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("String")
                .hasMessageContaining("DatagramPacket");
        Await.success(last);
        assertThat(received.await(2)).extracting(Packet::length).containsExactly(1, 4);
        assertThat(sender.isActive()).isTrue();
    }

    /** An empty buffer says when those before it are sent; a packet without content is a datagram. */
    @Test
    void shouldSendEmptyPacketsAndNoEmptyBuffers() throws Exception {
        Await.success(sender.connect(receiver.localAddress()));
        sender.write(Unpooled.EMPTY_BUFFER);
        sender.write(packet(Payload.bytes(1)));
        sender.write(loops.allocator().directBuffer());
        sender.write(packet(new byte[0]));
        sender.write(datagrams.direct(Payload.bytes(2)));
        Await.success(sender.writeAndFlush(Unpooled.EMPTY_BUFFER));
        assertThat(received.await(3)).extracting(Packet::length).containsExactly(1, 0, 2);
    }

    @Test
    void shouldNotSendWhatWasCancelled() throws Exception {
        List<ChannelFuture> written = new ArrayList<>();
        Await.success(loops.loop().submit(() -> {
            for (int i = 0; i < 6; i++) {
                ChannelPromise promise = sender.newPromise();
                written.add(sender.write(packet(Payload.bytes(10 + i)), promise));
                if (i % 2 == 0) {
                    assertThat(promise.cancel(false)).isTrue();
                }
            }
            sender.flush();
        }));
        Await.success(written.getLast());
        assertThat(received.await(3)).extracting(Packet::length).containsExactly(11, 13, 15);
        assertThat(written)
                .extracting(ChannelFuture::isCancelled)
                .containsExactly(true, false, true, false, true, false);
    }

    /** A listener may do what it likes while its batch is not yet off the queue. */
    @Test
    void shouldGoOnWhenListenersWriteAndClose() throws Exception {
        int count = 300;
        Channel own = sender;
        List<ChannelFuture> written = new ArrayList<>();
        Await.success(loops.loop().submit(() -> {
            for (int i = 0; i < count; i++) {
                int number = i;
                written.add(own.write(packet(Payload.bytes(1))).addListener(future -> {
                    if (number == 10) {
                        own.writeAndFlush(packet(Payload.bytes(2)));
                    } else if (number == 150) {
                        own.close();
                    }
                }));
            }
            own.flush();
        }));
        for (ChannelFuture each : written) {
            Await.done(each);
        }
        assertThat(written.subList(0, 151)).allMatch(ChannelFuture::isSuccess);
        assertThat(written.getLast().isSuccess()).isFalse();
        loops.assertIdle();
    }

    @Test
    void shouldHaveTheKernelCutSegmentedPackets() throws Exception {
        assertThat(GLibDatagramChannel.isSegmentedDatagramPacketSupported()).isTrue();
        byte[] bytes = Payload.bytes(5 * 512 + 100);
        for (Kind kind : Kind.values()) {
            ByteBuf content = kind.factory.apply(loops.allocator(), bytes);
            Await.success(sender.writeAndFlush(new SegmentedDatagramPacket(content, 512, receiver.localAddress())));
        }
        // Not longer than a segment: a plain datagram.
        Await.success(sender.writeAndFlush(
                new SegmentedDatagramPacket(datagrams.direct(Payload.bytes(512)), 512, receiver.localAddress())));

        List<Packet> packets = received.await(6 * Kind.values().length + 1);
        for (int i = 0; i < packets.size() - 1; i++) {
            assertThat(packets.get(i).length()).isEqualTo(i % 6 == 5 ? 100 : 512);
        }
        assertThat(packets.getLast().bytes()).isEqualTo(Payload.bytes(512));
    }
}
