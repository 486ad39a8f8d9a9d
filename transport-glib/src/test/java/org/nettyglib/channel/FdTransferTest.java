package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many bytes through a {@link GLibFdChannel}, each of them once and in order. */
class FdTransferTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 100;
    private static final byte[] DATA = Payload.bytes(BLOCK);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private static long checksumOfAll() {
        CRC32 checksum = new CRC32();
        for (int i = 0; i < BLOCKS; i++) {
            checksum.update(DATA);
        }
        return checksum.getValue();
    }

    private static long checksumOf(InputStream in, long length) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] chunk = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = in.read(chunk, 0, (int) Math.min(left, chunk.length));
            assertThat(read).as("%d bytes before the last", left).isPositive();
            checksum.update(chunk, 0, read);
            left -= read;
        }
        return checksum.getValue();
    }

    @Test
    void shouldReadAHundredMebibytes() throws Exception {
        Recorder events = new Recorder();
        try (FdPipes pipes = new FdPipes(loops, events)) {
            OutputStream out = pipes.toChannel();
            for (int i = 0; i < BLOCKS; i++) {
                out.write(DATA);
            }
            out.close();
            events.assertClosedOnce();
            assertThat(events.bytes()).isEqualTo((long) BLOCKS * BLOCK);
            assertThat(events.checksum()).isEqualTo(checksumOfAll());
        }
    }

    /** By single and by gathering writes, from buffers of every kind. */
    @Test
    void shouldWriteAHundredMebibytes() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, new SharedSink())) {
            Channel channel = pipes.channel();
            ChannelFuture last = channel.newSucceededFuture();
            for (int i = 0; i < BLOCKS; i++) {
                last = i % 3 == 0 ? channel.writeAndFlush(buffer(i)) : channel.write(buffer(i));
            }
            channel.flush();
            assertThat(checksumOf(pipes.fromChannel(), (long) BLOCKS * BLOCK)).isEqualTo(checksumOfAll());
            Await.success(last);
            loops.assertIdle();
        }
    }

    private static ByteBuf buffer(int kind) {
        return switch (kind % 4) {
            case 0 -> Unpooled.wrappedBuffer(DATA);
            case 1 -> Unpooled.directBuffer(BLOCK).writeBytes(DATA);
            case 2 -> Unpooled.directBuffer(BLOCK).writeBytes(DATA).asReadOnly();
            default -> composite();
        };
    }

    private static CompositeByteBuf composite() {
        CompositeByteBuf all = Unpooled.compositeBuffer();
        int half = BLOCK / 2;
        all.addComponent(true, Unpooled.directBuffer(half).writeBytes(DATA, 0, half));
        all.addComponent(true, Unpooled.directBuffer(half).writeBytes(DATA, half, half));
        return all;
    }

    @Test
    void shouldWriteAFileRegion(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("data"), DATA);
        try (FdPipes pipes = new FdPipes(loops, new SharedSink())) {
            int offset = 1_000;
            ChannelFuture written =
                    pipes.channel().writeAndFlush(new DefaultFileRegion(file.toFile(), offset, BLOCK - 2L * offset));
            assertThat(checksumOf(pipes.fromChannel(), BLOCK - 2L * offset))
                    .isEqualTo(Payload.checksum(DATA, offset, BLOCK - 2 * offset));
            Await.success(written);
        }
    }

    @Test
    void shouldEchoAHundredMebibytes() throws Exception {
        try (FdPipes pipes = new FdPipes(loops, new SharedEcho())) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < BLOCKS; i++) {
                        pipes.toChannel().write(DATA);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(checksumOf(pipes.fromChannel(), (long) BLOCKS * BLOCK)).isEqualTo(checksumOfAll());
            writer.join();
        }
    }
}
