package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link GLibFdChannel} of what is neither a pipe nor a terminal. */
class FdDevicesTest {
    /** {@code sizeof(struct inotify_event)} and a name, padded. */
    private static final int INOTIFY_EVENT = 16 + 16;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();

    private Channel register(FileDescriptor fd) throws InterruptedException {
        return FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(fd));
    }

    @Test
    void shouldTellOfFilesByInotify(@TempDir Path folder) throws Exception {
        Channel channel = register(NativeFds.inotify(folder));
        for (int i = 1; i <= 10; i++) {
            Files.createFile(folder.resolve("file-" + i));
            events.awaitBytes((long) i * INOTIFY_EVENT);
        }
        loops.assertIdle();
        Await.success(channel.close());
        events.assertClosedOnce();
    }

    @Test
    void shouldTellOfTimeByATimer() throws Exception {
        Channel channel = register(NativeFds.timerfd(Duration.ofMillis(5)));
        Await.until(() -> events.messages() >= 10, () -> "10 ticks, but " + events.messages());
        Await.success(channel.close());
        events.assertClosedOnce();
        // It ticks no more.
        assertThat(events.bytes()).isEqualTo(8L * events.messages());
        assertThat(events.exceptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountByAnEventDescriptor(boolean namedTwice) throws Exception {
        FileDescriptor counter = NativeFds.eventfd();
        Channel channel = namedTwice
                ? FdPipes.register(FdPipes.bootstrap(loops, events), () -> new GLibFdChannel(counter, counter))
                : register(counter);
        for (int i = 1; i <= 10; i++) {
            long one = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Long.reverseBytes(1) : 1;
            Await.success(channel.writeAndFlush(Unpooled.copyLong(one)));
            events.awaitBytes(8L * i);
        }
        loops.assertIdle();
        Await.success(channel.close());
        events.assertClosedOnce();
    }

    /** It is always readable: whoever does not ask for more gets no more. */
    @Test
    void shouldReadACharacterDevice() throws Exception {
        Channel channel = ChannelFixture.channel(FdPipes.bootstrap(loops, events)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(64).maxMessagesPerRead(1))
                .channelFactory(() -> open(Path.of("/dev/random")))
                .register());
        for (int i = 1; i <= 10; i++) {
            channel.read();
            events.awaitBytes(64L * i);
        }
        loops.assertIdle();
        Await.success(channel.close());
        events.assertClosedOnce();
    }

    private static GLibFdChannel open(Path path) {
        try {
            return GLibFdChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mode belongs to what both descriptors stand for. */
    @Test
    void shouldGiveADescriptorItsFormerModeBack() throws Exception {
        FileDescriptor[] ends = FileDescriptor.pipe();
        NativeFds.makeBlocking(ends[0]);
        FileDescriptor shared = NativeFds.duplicate(ends[0]);
        Channel channel = register(ends[0]);
        assertThat(NativeFds.isNonBlocking(shared)).isTrue();
        Await.success(channel.close());
        assertThat(NativeFds.isNonBlocking(shared)).isFalse();
        shared.close();
        ends[1].close();
    }
}
