package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A {@link GLibFdChannel} of the pipes to and from a child process. */
class FdProcessTest {
    private static final int LINES = 50_000;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder events = new Recorder();
    private final FileDescriptor[] toChild = FileDescriptor.pipe();
    private final FileDescriptor[] fromChild = FileDescriptor.pipe();

    FdProcessTest() throws IOException {}

    /** What a child opens by this name blocks, as programs expect it. */
    private static File named(FileDescriptor fd) {
        return new File("/proc/self/fd/" + fd.intValue());
    }

    private Process start(String command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(named(toChild[0]))
                .redirectOutput(named(fromChild[1]))
                .start();
        toChild[0].close();
        fromChild[1].close();
        return process;
    }

    private DuplexChannel register() throws InterruptedException {
        return (DuplexChannel) FdPipes.register(
                FdPipes.bootstrap(loops, events).option(ChannelOption.ALLOW_HALF_CLOSURE, true),
                () -> new GLibFdChannel(fromChild[0], toChild[1]));
    }

    private static String lines(IntStream numbers) {
        return numbers.mapToObj(i -> String.format("%08d\n", i)).collect(Collectors.joining());
    }

    /** It writes nothing before it has seen the end of its input. */
    @Test
    void shouldTalkToAFilter() throws Exception {
        Process sort = start("sort");
        DuplexChannel channel = register();
        try {
            String unsorted = lines(IntStream.range(0, LINES).map(i -> LINES - 1 - i));
            Await.success(channel.writeAndFlush(Unpooled.copiedBuffer(unsorted, StandardCharsets.US_ASCII)));
            loops.assertIdle();
            assertThat(events.bytes()).isZero();

            Await.success(channel.shutdownOutput());
            events.await(Event.INPUT_SHUT_READ_COMPLETE);
            assertThat(sort.waitFor(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(sort.exitValue()).isZero();
            byte[] sorted = lines(IntStream.range(0, LINES)).getBytes(StandardCharsets.US_ASCII);
            assertThat(events.bytes()).isEqualTo(sorted.length);
            assertThat(events.checksum()).isEqualTo(Payload.checksum(sorted));
            loops.assertIdle();
        } finally {
            sort.destroyForcibly().waitFor();
            Await.success(channel.close());
        }
    }

    @Test
    void shouldEndWithTheProcess() throws Exception {
        Process cat = start("cat");
        DuplexChannel channel = register();
        try {
            Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(1_000))));
            events.awaitBytes(1_000);
        } finally {
            cat.destroyForcibly().waitFor();
        }
        events.await(Event.INPUT_SHUT_READ_COMPLETE);
        Await.until(channel::isOutputShutdown, () -> "output shut");
        loops.assertIdle();
        Await.success(channel.close());
        events.assertClosedOnce();
    }
}
