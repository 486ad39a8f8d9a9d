package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannelConfig;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors that are passed from one process to another, which here is the same. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
class DomainDescriptorsTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Receiver received = new Receiver();
    private final Receiver answered = new Receiver();

    /** What is written to {@code pipe[1]}, or to a descriptor that was passed, comes out of {@code pipe[0]}. */
    private FileDescriptor[] pipe;

    /** Keeps the descriptors that come. */
    private static final class Receiver extends Recorder {
        private final BlockingQueue<FileDescriptor> descriptors = new LinkedBlockingQueue<>();

        @Override
        void on(Event event, Channel channel, Object detail) throws Exception {
            super.on(event, channel, detail);
            if (detail instanceof FileDescriptor descriptor) {
                descriptors.add(descriptor);
            }
        }

        FileDescriptor next() throws InterruptedException {
            FileDescriptor next = descriptors.poll(Await.SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a descriptor after %s", events()).isNotNull();
            return next;
        }
    }

    @BeforeEach
    void openPipe() throws IOException {
        pipe = FileDescriptor.pipe();
    }

    @AfterEach
    void closePipe() throws IOException {
        pipe[0].close();
        pipe[1].close();
    }

    private void assertOpensPipe(FileDescriptor descriptor, int value) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1).put(0, (byte) value);
        assertThat(descriptor.write(buffer, 0, 1)).isOne();
        assertThat(pipe[0].read(buffer, 0, 1)).isOne();
        assertThat(buffer.get(0)).isEqualTo((byte) value);
    }

    /** Returns the channel that sends to {@link #received}, whose side has the given options. */
    private Channel connect(boolean autoRead, boolean halfClosure) throws Exception {
        ServerChannelRecvByteBufAllocator oneByOne = new ServerChannelRecvByteBufAllocator();
        if (!autoRead) {
            oneByOne.maxMessagesPerRead(1);
        }
        Channel server = loops.bind(
                StreamKind.UNIX,
                loops.server(StreamKind.UNIX, received)
                        .childOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                        .childOption(ChannelOption.AUTO_READ, autoRead)
                        .childOption(ChannelOption.RECVBUF_ALLOCATOR, oneByOne)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure));
        Channel channel = ChannelFixture.channel(loops.client(StreamKind.UNIX, answered)
                .option(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                .connect(server.localAddress()));
        received.await(Event.ACTIVE);
        return channel;
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.wrappedBuffer(Payload.bytes(length));
    }

    @Test
    void shouldPassDescriptorBothWays() throws Exception {
        Channel channel = connect(true, false);
        Await.success(channel.writeAndFlush(pipe[1]));

        FileDescriptor there = received.next();
        assertThat(there.intValue()).isNotEqualTo(pipe[1].intValue());
        assertOpensPipe(there, 1);

        Await.success(received.channel().writeAndFlush(there));
        FileDescriptor back = answered.next();
        assertThat(back.intValue()).isNotEqualTo(there.intValue());
        // What was passed stays the sender's to close.
        assertOpensPipe(there, 2);
        there.close();
        assertOpensPipe(back, 3);
        back.close();
        assertOpensPipe(pipe[1], 4);
        loops.assertIdle();
    }

    /** More than the kernel takes at once, so that the sender has to wait in between. */
    @Test
    void shouldPassManyDescriptors() throws Exception {
        int count = 600;
        Channel channel = connect(false, false);
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            written.add(channel.write(pipe[1]));
        }
        channel.flush();
        loops.assertIdle();
        assertThat(written.getLast().isDone()).isFalse();

        received.channel().config().setAutoRead(true);
        for (int i = 0; i < count; i++) {
            FileDescriptor next = received.next();
            assertOpensPipe(next, i);
            next.close();
        }
        for (ChannelFuture future : written) {
            Await.success(future);
        }
        assertThat(received.descriptors).isEmpty();
        loops.assertIdle();
    }

    @Test
    void shouldReadDescriptorsOneByOne() throws Exception {
        Channel channel = connect(false, false);
        for (int i = 0; i < 5; i++) {
            channel.write(pipe[1]);
        }
        Await.success(channel.writeAndFlush(pipe[1]));
        loops.assertIdle();
        assertThat(received.count(Event.READ)).isZero();
        for (int i = 1; i <= 6; i++) {
            received.channel().read();
            FileDescriptor next = received.next();
            int asked = i;
            Await.until(() -> received.count(Event.READ_COMPLETE) == asked, () -> asked + ". read");
            assertThat(received.count(Event.READ)).isEqualTo(asked);
            next.close();
        }
        // This one waits for more.
        received.channel().read();
        loops.assertIdle();
        channel.writeAndFlush(pipe[1]);
        received.next().close();
    }

    /** Bytes between descriptors are passed over, and so are descriptors between bytes: but for the byte that carries one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadWhatItIsToldTo(boolean descriptors) throws Exception {
        int times = 20;
        int length = 1000;
        Channel channel = connect(false, false);
        for (int i = 0; i < times; i++) {
            channel.write(bytes(length));
            channel.write(pipe[1]);
        }
        ChannelFuture written = channel.writeAndFlush(bytes(length));
        DomainSocketChannelConfig config =
                (DomainSocketChannelConfig) received.channel().config();
        if (!descriptors) {
            config.setReadMode(DomainSocketReadMode.BYTES);
        }
        config.setAutoRead(true);

        Await.success(written);
        if (descriptors) {
            for (int i = 0; i < times; i++) {
                FileDescriptor next = received.next();
                assertOpensPipe(next, i);
                next.close();
            }
            Await.success(channel.close());
        } else {
            // Or else the last bytes may be still to come.
            received.awaitBytes((times + 1L) * length + times);
        }
        Await.success(channel.close());
        received.assertClosedOnce();
        assertThat(received.descriptors).isEmpty();
        assertThat(received.bytes()).isEqualTo(descriptors ? 0 : (times + 1L) * length + times);
    }

    @Test
    void shouldChangeModeBetweenMessages() throws Exception {
        Channel channel = connect(true, false);
        DomainSocketChannelConfig config =
                (DomainSocketChannelConfig) received.channel().config();
        for (int i = 1; i <= 3; i++) {
            Await.success(channel.writeAndFlush(pipe[1]));
            FileDescriptor next = received.next();
            assertOpensPipe(next, i);
            next.close();

            config.setReadMode(DomainSocketReadMode.BYTES);
            Await.success(channel.writeAndFlush(bytes(1000)));
            received.awaitBytes(i * 1000L);
            config.setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadAllDescriptorsBeforeTheEnd(boolean autoRead) throws Exception {
        Channel channel = connect(autoRead, false);
        channel.write(pipe[1]);
        channel.write(pipe[1]);
        Await.success(channel.writeAndFlush(pipe[1]));
        Await.success(channel.close());

        for (int i = 0; i < 3; i++) {
            received.next().close();
        }
        received.assertClosedOnce();
        assertThat(received.exceptions()).isEmpty();
        assertThat(received.count(Event.INPUT_SHUT)).isZero();
        loops.assertIdle();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStayOpenForWritingAfterTheEnd(boolean autoRead) throws Exception {
        Channel channel = connect(autoRead, true);
        Await.success(channel.writeAndFlush(pipe[1]));
        Await.success(((DuplexChannel) channel).shutdownOutput());

        received.next().close();
        received.await(Event.INPUT_SHUT_READ_COMPLETE);
        assertThat(received.count(Event.INPUT_SHUT)).isOne();
        assertThat(received.channel().isActive()).isTrue();
        loops.assertIdle();

        Await.success(received.channel().writeAndFlush(pipe[1]));
        answered.next().close();
        Await.success(received.channel().close());
        assertThat(received.count(Event.INPUT_SHUT_READ_COMPLETE)).isOne();
        answered.assertClosedOnce();
    }

    @Test
    void shouldCloseWhenPeerClosesWithoutReading() throws Exception {
        Channel channel = connect(false, false);
        Await.success(channel.writeAndFlush(pipe[1]));
        Await.success(received.channel().close());

        answered.assertClosedOnce();
        assertThat(answered.exceptions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Errors.NativeIoException.class,
                        e -> assertThat(e.expectedErr()).isEqualTo(Errors.ERRNO_ECONNRESET_NEGATIVE));
        loops.assertIdle();
    }

    /** Its number may be another's by then, who would be handed over to the peer. */
    @Test
    void shouldNotPassDescriptorThatWasClosed() throws Exception {
        Channel channel = connect(true, false);
        pipe[1].close();

        Throwable cause = Await.failure(channel.writeAndFlush(pipe[1]));

        assertThat(cause).isInstanceOf(IOException.class).hasMessageContaining("closed before it could be passed");
        assertThat(channel.isActive()).isTrue();
        Await.success(channel.writeAndFlush(pipe[0]));
        received.next().close();
    }

    @Test
    void shouldFailDescriptorThatIsNone() throws Exception {
        Channel channel = connect(true, false);
        Throwable cause = Await.failure(channel.writeAndFlush(new FileDescriptor(1_000_000)));
        assertThat(cause).isInstanceOf(IOException.class).hasMessageContaining("Bad file descriptor");
    }

    @Test
    void shouldPassItsOwnSocket() throws Exception {
        Channel channel = connect(true, false);
        Await.success(channel.writeAndFlush(((GLibDomainSocketChannel) channel).fd()));
        FileDescriptor there = received.next();

        // The connection lives as long as one of its descriptors does.
        Await.success(channel.close());
        loops.assertIdle();
        assertThat(received.channel().isActive()).isTrue();
        there.close();
        received.assertClosedOnce();
    }

    /** A descriptor takes its turn among bytes and files. */
    @Test
    void shouldKeepOrderOfBytesFilesAndDescriptors(@TempDir Path directory) throws Exception {
        byte[] content = Payload.bytes(300_000);
        Path file = Files.write(directory.resolve("file"), content);
        Channel channel = connect(false, false);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            channel.write(bytes(1000));
            channel.write(bytes(2000));
            channel.write(new DefaultFileRegion(file.toFile(), i, content.length - i));
            // One byte goes with it, whose value is not told.
            channel.write(pipe[1]);
            expected.writeBytes(Payload.bytes(1000));
            expected.writeBytes(Payload.bytes(2000));
            expected.write(content, i, content.length - i);
            expected.write(0);
        }
        channel.flush();
        DomainSocketChannelConfig config =
                (DomainSocketChannelConfig) received.channel().config();
        config.setReadMode(DomainSocketReadMode.BYTES).setAutoRead(true);

        received.awaitBytes(expected.size());
        loops.assertIdle();
    }

    /** What was not read yet belongs to nobody. */
    @Test
    void shouldLeaveNothingBehindWhenClosedInsideRead() throws Exception {
        Channel channel = connect(false, false);
        for (int i = 0; i < 100; i++) {
            channel.write(pipe[1]);
        }
        ChannelFuture last = channel.writeAndFlush(pipe[1]);
        Await.success(last);
        int before = OpenDescriptors.now().count();
        received.channel().pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.fireChannelRead(message);
                context.close();
            }
        });
        received.channel().config().setAutoRead(true);

        received.next().close();
        received.assertClosedOnce();
        answered.assertClosedOnce();
        assertThat(received.descriptors).isEmpty();
        // Both ends of the connection are gone, and nothing has come.
        Await.until(() -> OpenDescriptors.now().count() <= before - 2, () -> OpenDescriptors.now() + " left");
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassDescriptorsInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        int count = 600;
        Channel channel = connect(false, false);
        for (int i = 0; i < count; i++) {
            channel.write(pipe[1]);
        }
        channel.flush();
        for (Channel moved : List.of(channel, received.channel())) {
            Await.success(moved.deregister());
            loops.assertIdle();
            Await.success(to.register(moved));
        }

        received.channel().config().setAutoRead(true);
        for (int i = 0; i < count; i++) {
            FileDescriptor next = received.next();
            assertOpensPipe(next, i);
            next.close();
        }
        loops.assertIdle();
        Await.success(channel.close());
        received.await(Event.INACTIVE);
    }

    /** Another process speaks through a connection that this one has accepted. */
    @Test
    void shouldPassDescriptorToOtherProcess() throws Exception {
        Channel server = loops.bind(StreamKind.UNIX, loops.server(StreamKind.UNIX, received));
        String path = ((DomainSocketAddress) server.localAddress()).path();
        try (Program other = Program.start(Program.java(DescriptorUser.class, path));
                Listener listener = StreamKind.TCP.listen()) {
            received.await(Event.ACTIVE);
            GLibDomainSocketChannel channel = (GLibDomainSocketChannel) received.channel();
            assertThat(channel.peerCredentials().pid()).isEqualTo(Math.toIntExact(other.pid()));
            for (int i = 0; i < 3; i++) {
                Recorder events = new Recorder();
                Channel passed = ChannelFixture.channel(loops.client(events)
                        .option(ChannelOption.AUTO_READ, false)
                        .connect(listener.address()));
                try (Peer peer = listener.accept()) {
                    Await.success(((Channel) channel).writeAndFlush(((GLibSocketChannel) passed).fd()));
                    assertThat(ByteBuffer.wrap(peer.read(Long.BYTES)).getLong()).isEqualTo(other.pid());
                    Await.success(passed.close());
                    assertThat(peer.readAll()).isEmpty();
                }
            }
            Await.success(((Channel) channel).close());
            other.awaitSuccess();
        }
    }
}
