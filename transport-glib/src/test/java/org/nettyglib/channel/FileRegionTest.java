package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sent as {@link DefaultFileRegion}s. */
@SuppressWarnings("FutureReturnValueIgnored") // the last write tells of all
@ParameterizedClass
@EnumSource
class FileRegionTest {
    private static final int SIZE = 8 << 20;
    private static final byte[] CONTENT = Payload.bytes(SIZE);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Recorder events = new Recorder();
    private final Path file;

    FileRegionTest(StreamKind kind, @TempDir Path directory) throws IOException {
        this.kind = kind;
        file = Files.write(directory.resolve("content"), CONTENT);
    }

    private DefaultFileRegion region(long position, long count) throws IOException {
        return new DefaultFileRegion(FileChannel.open(file, StandardOpenOption.READ), position, count);
    }

    private Channel connect(Listener server) throws InterruptedException {
        return ChannelFixture.channel(loops.client(kind, events).connect(server.address()));
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
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
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
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
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
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
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
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
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
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            Peer peer = server.accept();
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
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                DefaultFileRegion region = region(0, SIZE);
                ChannelFuture sent = channel.writeAndFlush(region);
                assertThat(peer.read(1000)).hasSize(1000);
                Await.success(channel.close());
                assertThat(Await.failure(sent)).isInstanceOf(IOException.class);
                assertThat(region.refCnt()).isZero();
            }
        }
    }

    @Test
    void shouldUseSendfileOnClassPath() {
        assertThat(SendFile.isAvailable()).isTrue();
    }

    /** Offsets of more than 31 and 32 bits, in a file that takes no room on the disk. */
    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE - 100L, (1L << 32) - 100, 5L << 30})
    void shouldSendFromFarOffset(long position) throws Exception {
        byte[] content = Payload.bytes(100_000);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(position);
            sparse.write(content);
            sparse.setLength(6L << 30);
        }
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                ChannelFuture sent = channel.writeAndFlush(region(position, content.length));
                assertThat(Payload.checksum(peer.read(content.length))).isEqualTo(Payload.checksum(content));
                Await.success(sent);
                loops.assertIdle();
            }
        }
    }

    /** A region of a name opens its file with its first bytes, so that many can wait. */
    @Test
    void shouldOpenFileWhenItIsSent() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                DefaultFileRegion region = new DefaultFileRegion(file.toFile(), 1000, SIZE - 1000L);
                channel.write(region);
                assertThat(region.isOpen()).isFalse();
                channel.flush();

                assertThat(Payload.checksum(readSlowly(peer, SIZE - 1000)))
                        .isEqualTo(Payload.checksum(CONTENT, 1000, SIZE - 1000));
                Await.until(() -> region.refCnt() == 0, () -> "released");
                assertThat(region.isOpen()).isFalse();
            }
        }
    }

    @Test
    void shouldFailFileThatIsMissing() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                DefaultFileRegion region = new DefaultFileRegion(new File(file + ".missing"), 0, 1000);
                assertThat(Await.failure(channel.writeAndFlush(region)))
                        .isInstanceOf(FileNotFoundException.class)
                        .hasMessageContaining("missing");
                assertThat(region.refCnt()).isZero();
                assertThat(peer.readAll()).isEmpty();
            }
            events.assertClosedOnce();
        }
    }

    /** A file that becomes shorter while its reader is slow. */
    @Test
    void shouldFailFileThatIsTruncatedMeanwhile() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                DefaultFileRegion region = region(0, SIZE);
                ChannelFuture sent = channel.writeAndFlush(region);
                assertThat(peer.read(1000)).hasSize(1000);
                loops.assertIdle();
                assertThat(sent.isDone()).isFalse();
                try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
                    truncated.setLength(SIZE - 1000);
                }

                assertThat(peer.readAll().length).isLessThanOrEqualTo(SIZE - 2000);
                assertThat(Await.failure(sent)).isInstanceOf(IOException.class);
                events.assertClosedOnce();
                assertThat(region.refCnt()).isZero();
            }
        }
    }

    @Test
    void shouldTellProgress() throws Exception {
        List<Long> progress = new CopyOnWriteArrayList<>();
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                ChannelProgressivePromise promise = channel.newProgressivePromise();
                promise.addListener(new ChannelProgressiveFutureListener() {
                    @Override
                    public void operationProgressed(ChannelProgressiveFuture future, long done, long total) {
                        assertThat(total).isEqualTo(SIZE);
                        progress.add(done);
                    }

                    @Override
                    public void operationComplete(ChannelProgressiveFuture future) {
                        // Awaited below.
                    }
                });
                channel.writeAndFlush(region(0, SIZE), promise);
                // The first part is what goes in before anybody reads.
                Await.until(() -> !progress.isEmpty(), () -> "progress");
                assertThat(Payload.checksum(readSlowly(peer, SIZE))).isEqualTo(Payload.checksum(CONTENT));
                Await.success(promise);
            }
        }
        assertThat(progress).isSorted().hasSizeGreaterThan(1).last().isEqualTo((long) SIZE);
    }

    @Test
    void shouldSendRegionThatIsNoFile() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = connect(server);
            try (Peer peer = server.accept()) {
                FileRegion region = new MadeUpRegion(CONTENT, 100_000);
                channel.write(region(0, 1000));
                ChannelFuture sent = channel.write(region);
                channel.writeAndFlush(region(0, 1000));

                assertThat(peer.read(1000)).hasSize(1000);
                assertThat(Payload.checksum(readSlowly(peer, SIZE))).isEqualTo(Payload.checksum(CONTENT));
                assertThat(peer.read(1000)).hasSize(1000);
                Await.success(sent);
                assertThat(region.refCnt()).isZero();
                loops.assertIdle();
            }
        }
    }
}
