package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A {@link GLibFdChannel} of a FIFO: a pipe with a name, whose other end may not be there yet. */
class FdFifoTest {
    private static final Path MKFIFO = Path.of("/usr/bin/mkfifo");

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    @TempDir
    Path folder = Path.of("");

    private Path fifo = folder;

    @BeforeEach
    void makeFifo() throws Exception {
        assumeTrue(Files.isExecutable(MKFIFO), "/usr/bin/mkfifo is missing");
        fifo = folder.resolve("a fifo, größer");
        assertThat(new ProcessBuilder(MKFIFO.toString(), fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private Channel open(Recorder handler, OpenOption... options) throws InterruptedException {
        return FdPipes.register(FdPipes.bootstrap(loops, handler), () -> {
            try {
                return GLibFdChannel.open(fifo, options);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void shouldReadWhatOneWriterWrites() throws Exception {
        open(events, StandardOpenOption.READ);
        loops.assertIdle();
        try (FileOutputStream writer = new FileOutputStream(fifo.toFile())) {
            writer.write(Payload.bytes(100_000));
        }
        events.assertClosedOnce();
        assertThat(events.bytes()).isEqualTo(100_000);
        assertThat(events.checksum()).isEqualTo(Payload.checksum(Payload.bytes(100_000)));
        loops.assertIdle();
    }

    /** Open for both directions, it has a writer at all times, itself, and so no end. */
    @Test
    void shouldReadWhatManyWritersWrite() throws Exception {
        Channel channel = open(events, StandardOpenOption.READ, StandardOpenOption.WRITE);
        for (int i = 1; i <= 10; i++) {
            try (FileOutputStream writer = new FileOutputStream(fifo.toFile())) {
                writer.write(Payload.bytes(1_000));
            }
            events.awaitBytes(i * 1_000L);
        }
        loops.assertIdle();
        assertThat(channel.isOpen()).isTrue();
        Await.success(channel.close());
        events.assertClosedOnce();
    }

    @Test
    void shouldRefuseToWriteBeforeSomebodyReads() {
        assertThatThrownBy(() -> GLibFdChannel.open(fifo, StandardOpenOption.WRITE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fifo");
    }

    @Test
    void shouldWriteToAReader() throws Exception {
        // So that the reader's open returns; never registered, it takes nothing itself.
        GLibFdChannel holder = GLibFdChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileInputStream reader = new FileInputStream(fifo.toFile())) {
            Channel channel = open(events, StandardOpenOption.WRITE);
            holder.fd().close();
            byte[] data = Payload.bytes(1_000);
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(data)));
            assertThat(reader.readNBytes(data.length)).isEqualTo(data);
            Await.success(channel.close());
            assertThat(reader.read()).as("the end").isEqualTo(-1);
        }
        events.assertClosedOnce();
    }
}
