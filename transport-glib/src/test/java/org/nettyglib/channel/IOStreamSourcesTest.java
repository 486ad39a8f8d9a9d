package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.File;
import org.gnome.gio.IOStream;
import org.gnome.gio.MemoryInputStream;
import org.gnome.gio.MemoryOutputStream;
import org.gnome.gio.SimpleIOStream;
import org.gnome.gio.Subprocess;
import org.gnome.gio.SubprocessFlags;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.ffi.Memory;

/** What {@link GLibIOStreamChannel} is made of: files, memory, programs, connections of its own; and what it refuses. */
class IOStreamSourcesTest {
    /** {@code gobject/gobject.h}: where the count stands in a {@code struct _GObject}. */
    private static final int REF_COUNT = 8;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    private Bootstrap bootstrap() {
        return FdPipes.bootstrap(loops, events);
    }

    private DuplexChannel register(IOStream stream) throws InterruptedException {
        return (DuplexChannel) ChannelFixture.channel(bootstrap()
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .channelFactory(() -> (Channel) new GLibIOStreamChannel(stream))
                .register());
    }

    /** GIO reads files in threads, and cannot poll them. */
    @Test
    void shouldReadAndWriteAFile(@TempDir Path directory) throws Exception {
        byte[] data = Payload.bytes(300_000);
        Path path = Files.write(directory.resolve("file"), data);
        DuplexChannel channel = register(File.newForPath(path.toString()).openReadwrite(null));
        events.await(Event.INPUT_SHUT_READ_COMPLETE);
        assertThat(events.bytes()).isEqualTo(data.length);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(data));

        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
        Await.success(channel.close());
        Await.until(() -> path.toFile().length() == 2L * data.length, () -> "twice the data in " + path);
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    @Test
    void shouldReadAndWriteMemory() throws Exception {
        byte[] data = Payload.bytes(100_000);
        MemoryOutputStream output = (MemoryOutputStream) MemoryOutputStream.resizable();
        DuplexChannel channel = register(new SimpleIOStream(MemoryInputStream.fromBytes(data), output));
        events.await(Event.INPUT_SHUT_READ_COMPLETE);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
        Await.success(channel.shutdownOutput());
        // Both directions are at their end.
        Await.success(channel.closeFuture());
        loops.assertNoChannelLeft();
        assertThat(output.getDataSize()).isEqualTo(data.length);
    }

    @Test
    void shouldTalkToAProgram() throws Exception {
        byte[] data = Payload.bytes(1 << 20);
        Subprocess cat = new Subprocess(new String[] {"cat"}, SubprocessFlags.STDIN_PIPE, SubprocessFlags.STDOUT_PIPE);
        DuplexChannel channel = register(new SimpleIOStream(cat.getStdoutPipe(), cat.getStdinPipe()));
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
        Await.success(channel.shutdownOutput());
        events.await(Event.INPUT_SHUT_READ_COMPLETE);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(data));
        // Both directions are closed, and so is the channel.
        Await.success(channel.closeFuture());
        assertThat(cat.wait_(null)).isTrue();
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldConnectByItself() throws Exception {
        Channel server = loops.bind(loops.server(new SharedEcho()));
        InetSocketAddress from = new InetSocketAddress("127.0.0.1", 0);
        Channel channel = ChannelFixture.channel(bootstrap()
                .channel(GLibIOStreamChannel.class)
                .localAddress(from)
                .connect(server.localAddress()));
        assertThat(channel.remoteAddress()).isEqualTo(server.localAddress());
        assertThat(((InetSocketAddress) channel.localAddress()).getPort()).isPositive();
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(100))));
        events.awaitBytes(100);
        assertThat(Await.failure(channel.connect(server.localAddress()))).isInstanceOf(AlreadyConnectedException.class);
        Await.success(channel.close());
        Await.success(server.close());
    }

    @Test
    void shouldConnectToAUnixSocket() throws Exception {
        Channel server = loops.bind(StreamKind.UNIX, loops.server(StreamKind.UNIX, new SharedEcho()));
        Channel channel = ChannelFixture.channel(
                bootstrap().channel(GLibIOStreamChannel.class).connect(server.localAddress()));
        assertThat(channel.remoteAddress()).isEqualTo(server.localAddress());
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(100))));
        events.awaitBytes(100);
        Await.success(channel.close());
        Await.success(server.close());
    }

    @Test
    void shouldSayThatAConnectionIsRefused() throws Exception {
        Channel server = loops.bind(loops.server(new SharedEcho()));
        Await.success(server.close());
        Throwable cause =
                Await.failure(bootstrap().channel(GLibIOStreamChannel.class).connect(server.localAddress()));
        assertThat(cause).isInstanceOf(ConnectException.class);
        events.await(Event.UNREGISTERED);
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldSayThatAConnectionWasReset() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(
                    bootstrap().channel(GLibIOStreamChannel.class).connect(server.address()));
            server.accept().reset();
            Await.success(channel.closeFuture());
            events.assertClosedOnce();
            assertThat(events.exceptions())
                    .singleElement()
                    .isInstanceOf(SocketException.class)
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                    .hasMessageContaining("Connection reset by peer")
                    .hasCauseInstanceOf(GErrorException.class);
        }
    }

    @Test
    void shouldConnectAfterItWasRegistered() throws Exception {
        try (Listener server = StreamKind.TCP.listen()) {
            Channel channel = ChannelFixture.channel(
                    bootstrap().channel(GLibIOStreamChannel.class).register());
            assertThat(channel.isActive()).isFalse();
            loops.assertIdle();
            ChannelPromise promise = channel.newPromise();
            channel.connect(server.address(), promise);
            Await.success(promise);
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(100));
                events.awaitBytes(100);
            }
            events.assertClosedOnce();
        }
    }

    @Test
    void shouldDropItsReferenceWhenItIsClosed() throws Exception {
        for (IOStreamKind kind : IOStreamKind.values()) {
            try (IOStreamEnds ends = kind.open()) {
                long count = ends.stream().handle().address() + REF_COUNT;
                int before = Memory.getInt(count);
                Channel channel = ends.register(FdPipes.bootstrap(loops, new SharedSink()));
                assertThat(Memory.getInt(count)).isEqualTo(before + 1);
                ends.toStream().write(Payload.bytes(100));
                Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(100))));
                Await.success(channel.close());
                loops.assertNoChannelLeft();
                // The thread of GIO's that has closed it may still have one.
                Await.until(
                        () -> Memory.getInt(count) == before,
                        () -> before + " references to " + kind + ", but there are " + Memory.getInt(count));
                assertThat(ends.stream().isClosed()).isTrue();
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoOpenStream() throws Exception {
        try (IOStreamEnds ends = IOStreamKind.SOCKET.open()) {
            ends.stream().close(null);
            assertThatThrownBy(() -> new GLibIOStreamChannel(ends.stream()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void shouldRefuseALoopOfAnotherKind() throws Exception {
        DefaultEventLoopGroup other = new DefaultEventLoopGroup(1);
        try (IOStreamEnds ends = IOStreamKind.SOCKET.open()) {
            GLibIOStreamChannel channel = new GLibIOStreamChannel(ends.stream());
            Throwable cause = Await.failure(other.register(channel));
            channel.unsafe().closeForcibly();
            assertThat(cause).hasMessageContaining("incompatible event loop");
        } finally {
            Await.success(other.shutdownGracefully(0, 1, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldRefuseToBind() throws Exception {
        Channel channel = ChannelFixture.channel(
                bootstrap().channel(GLibIOStreamChannel.class).register());
        assertThat(Await.failure(channel.bind(ChannelFixture.ANY_PORT)))
                .isInstanceOf(UnsupportedOperationException.class);
        Await.success(channel.close());
    }

    /** Half of them is closed while a read waits, the others at their end. */
    @Test
    void shouldLeaveNothingBehind() throws Exception {
        for (IOStreamKind kind : IOStreamKind.values()) {
            comeAndGo(kind, 10);
            int descriptors = OpenDescriptors.now().count();
            comeAndGo(kind, 1_000);
            Await.until(
                    () -> OpenDescriptors.now().count() <= descriptors,
                    () -> descriptors + " descriptors, but there are " + OpenDescriptors.now());
        }
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    private void comeAndGo(IOStreamKind kind, int times) throws Exception {
        List<Channel> closing = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (IOStreamEnds ends = kind.open()) {
                Channel channel = ends.register(FdPipes.bootstrap(loops, new SharedEcho()));
                ends.toStream().write(Payload.bytes(100));
                assertThat(ends.fromStream().readNBytes(100)).isEqualTo(Payload.bytes(100));
                if (i % 2 == 0) {
                    Await.success(channel.close());
                }
                closing.add(channel);
            }
        }
        for (Channel channel : closing) {
            Await.success(channel.closeFuture());
        }
    }
}
