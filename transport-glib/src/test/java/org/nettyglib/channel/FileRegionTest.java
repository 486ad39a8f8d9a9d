package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sent as {@link DefaultFileRegion}s. */
@SuppressWarnings("FutureReturnValueIgnored") // the last write tells of all
class FileRegionTest {
    private static final int SIZE = 8 << 20;
    private static final byte[] CONTENT = Payload.bytes(SIZE);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();
    private final Path file;

    FileRegionTest(@TempDir Path directory) throws IOException {
        file = Files.write(directory.resolve("content"), CONTENT);
    }

    private DefaultFileRegion region(long position, long count) throws IOException {
        return new DefaultFileRegion(FileChannel.open(file, StandardOpenOption.READ), position, count);
    }

    private Channel connect(ServerSocket server) throws InterruptedException {
        return ChannelFixture.channel(loops.client(events).connect(server.getLocalSocketAddress()));
    }

    /** A slow reader makes the channel wait for room again and again. */
    private static byte[] readSlowly(Peer peer, int length) throws IOException, InterruptedException {
        byte[] read = new byte[length];
        int step = length / 16;
        for (int i = 0; i < length; i += step) {
            byte[] part = peer.read(Math.min(step, length - i));
            System.arraycopy(part, 0, read, i, part.length);
            Thread.sleep(5);
        }
        return read;
    }

    @Test
    void shouldSendWholeFileToSlowReader() throws Exception {
        try (ServerSocket server = Peer.listen()) {
            Channel channel = connect(server);
            try (Peer peer = Peer.accept(server)) {
                DefaultFileRegion region = region(0, SIZE);
                ChannelFuture sent = channel.writeAndFlush(region);

                assertThat(Payload.checksum(readSlowly(peer, SIZE))).isEqualTo(Payload.checksum(CONTENT));
                Await.success(sent);
                assertThat(region.transferred()).isEqualTo(SIZE);
                assertThat(region.refCnt()).isZero();
                loops.assertIdle();
            }
        }
    }

    @Test
    void shouldSendPartFromOffset() throws Exception {
        int offset = 1_234_567;
        int length = 3_000_001;
        try (ServerSocket server = Peer.listen()) {
            Channel channel = connect(server);
            try (Peer peer = Peer.accept(server)) {
                ChannelFuture sent = channel.writeAndFlush(region(offset, length));
                assertThat(Payload.checksum(peer.read(length))).isEqualTo(Payload.checksum(CONTENT, offset, length));
                Await.success(sent);
            }
        }
    }

    @Test
    void shouldKeepOrderOfBuffersAndFiles() throws Exception {
        byte[] head = Payload.bytes(100_000);
        int part = 1 << 20;
        try (ServerSocket server = Peer.listen()) {
            Channel channel = connect(server);
            try (Peer peer = Peer.accept(server)) {
                for (int i = 0; i < 3; i++) {
                    channel.write(Unpooled.wrappedBuffer(head), channel.voidPromise());
                    channel.write(region((long) i * part, part), channel.voidPromise());
                    channel.write(Unpooled.EMPTY_BUFFER, channel.voidPromise());
                    channel.write(region(0, 0), channel.voidPromise());
                }
                ChannelFuture sent = channel.writeAndFlush(Unpooled.wrappedBuffer(head));
                for (int i = 0; i < 3; i++) {
                    assertThat(Arrays.equals(peer.read(head.length), head)).isTrue();
                    assertThat(Payload.checksum(peer.read(part))).isEqualTo(Payload.checksum(CONTENT, i * part, part));
                }
                assertThat(Arrays.equals(peer.read(head.length), head)).isTrue();
                Await.success(sent);
            }
        }
    }

    @Test
    void shouldFailWriteOfTruncatedFile() throws Exception {
        try (ServerSocket server = Peer.listen()) {
            Channel channel = connect(server);
            try (Peer peer = Peer.accept(server)) {
                DefaultFileRegion region = region(0, SIZE);
                try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
                    truncated.setLength(SIZE / 2);
                }
                ChannelFuture sent = channel.writeAndFlush(region);

                // All that is there comes; then the connection ends, for the peer was promised more.
                assertThat(peer.readAll().length).isLessThanOrEqualTo(SIZE / 2);
                assertThat(Await.failure(sent)).isInstanceOf(IOException.class);
                events.assertClosedOnce();
                assertThat(region.refCnt()).isZero();
            }
            loops.assertIdle();
        }
    }

    @Test
    void shouldFailFileWhenPeerResets() throws Exception {
        try (ServerSocket server = Peer.listen()) {
            Channel channel = connect(server);
            Peer peer = Peer.accept(server);
            DefaultFileRegion region = region(0, SIZE);
            ChannelFuture sent = channel.writeAndFlush(region);
            assertThat(peer.read(1000)).hasSize(1000);
            peer.reset();

            assertThat(Await.failure(sent)).isInstanceOf(IOException.class);
            events.assertClosedOnce();
            assertThat(region.refCnt()).isZero();
            loops.assertIdle();
        }
    }

    @Test
    void shouldReleaseFileWhenClosedMeanwhile() throws Exception {
        try (ServerSocket server = Peer.listen()) {
            Channel channel = connect(server);
            try (Peer peer = Peer.accept(server)) {
                DefaultFileRegion region = region(0, SIZE);
                ChannelFuture sent = channel.writeAndFlush(region);
                assertThat(peer.read(1000)).hasSize(1000);
                Await.success(channel.close());
                assertThat(Await.failure(sent)).isInstanceOf(IOException.class);
                assertThat(region.refCnt()).isZero();
            }
        }
    }
}
