package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Payload;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.Fcntl;
import org.nettyglib.loop.LoopKind;

/** The standard streams of a {@link GLibSubprocess}. */
@ParameterizedClass
@EnumSource
class SubprocessStreamsTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int LINES = 20_000;

    @RegisterExtension
    final ProcessFixture processes;

    private final Received output = new Received();
    private final Received errors = new Received();

    SubprocessStreamsTest(LoopKind kind) {
        processes = new ProcessFixture(kind);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static DuplexChannel duplex(GLibSubprocess process) {
        return (DuplexChannel) process.channel();
    }

    @Test
    void shouldCarryMuchBothWays() throws Exception {
        Source source = new Source(64);
        GLibSubprocess cat =
                processes.start(GLibSubprocess.builder("cat").handler(output).option(ChannelOption.AUTO_READ, false));
        cat.channel().pipeline().addLast(source);
        source.awaitStandstill();
        assertThat(source.written()).isLessThan(source.total());
        assertThat(output.count()).isZero();

        cat.channel().config().setAutoRead(true);
        output.awaitClosed();
        assertThat(output.count()).isEqualTo(source.total());
        assertThat(output.checksum()).isEqualTo(source.checksum());
        assertThat(ProcessFixture.exitOf(cat).isSuccess()).isTrue();
    }

    private static String lines(IntStream numbers) {
        return numbers.mapToObj(i -> String.format("%08d%n", i)).collect(Collectors.joining());
    }

    /** It writes nothing before it has seen the end of its input. */
    @Test
    void shouldTellTheProcessOfTheEndOfItsInput() throws Exception {
        GLibSubprocess sort =
                processes.start(GLibSubprocess.builder("sort", "-r").handler(output));
        Await.success(sort.channel().writeAndFlush(Unpooled.wrappedBuffer(ascii(lines(IntStream.range(0, LINES))))));
        assertThat(sort.isAlive()).isTrue();
        assertThat(output.count()).isZero();

        Await.success(duplex(sort).shutdownOutput());
        output.awaitClosed();
        assertThat(output.text()).isEqualTo(lines(IntStream.range(0, LINES).map(i -> LINES - 1 - i)));
        assertThat(ProcessFixture.exitOf(sort).code()).hasValue(0);
    }

    /** The channel, which writes to nobody any more, was closed with what it had not read yet. */
    @Test
    void shouldReadWhatAnEndedProcessHasLeft() throws Exception {
        GLibSubprocess process = processes.start(ProcessFixture.shell("printf %50000s x; exit 3")
                .handler(output)
                .option(ChannelOption.AUTO_READ, false));
        assertThat(ProcessFixture.exitOf(process).code()).hasValue(3);
        assertThat(process.isAlive()).isFalse();
        assertThat(output.count()).isZero();

        process.channel().config().setAutoRead(true);
        assertThat(output.awaitClosed().count()).isEqualTo(50_000);
    }

    @Test
    void shouldReadAllOfAProcessThatEndsWithoutReading() throws Exception {
        GLibSubprocess process = processes.start(
                ProcessFixture.shell("head -c " + MEGABYTE + " /dev/zero").handler(output));
        process.channel().writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(200_000)));
        assertThat(output.awaitClosed().count()).isEqualTo(MEGABYTE);
        assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
    }

    @Test
    void shouldReadOnWhatADescendantWrites() throws Exception {
        GLibSubprocess process =
                processes.start(ProcessFixture.shell("exec 3<&0; (read line <&3; echo second $line) & echo first")
                        .handler(output));
        output.await("first\n");
        assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
        assertThat(output.hasEnded()).isFalse();
        assertThat(process.channel().isActive()).isTrue();

        process.channel().writeAndFlush(Unpooled.wrappedBuffer(ascii("line\n")));
        assertThat(output.awaitClosed().text()).isEqualTo("first\nsecond line\n");
    }

    @Test
    void shouldGoOnWritingWhenTheProcessClosesItsOutput() throws Exception {
        GLibSubprocess process = processes.start(
                ProcessFixture.shell("exec >&-; read code; exit $code").handler(output));
        output.awaitEnd();
        assertThat(process.channel().isActive()).isTrue();
        process.channel().writeAndFlush(Unpooled.wrappedBuffer(ascii("5\n")));
        assertThat(ProcessFixture.exitOf(process).code()).hasValue(5);
        output.awaitClosed();
    }

    @Test
    void shouldKeepErrorsApart() throws Exception {
        GLibSubprocess process = processes.start(ProcessFixture.shell("echo good; echo bad >&2; cat")
                .handler(output)
                .errorHandler(errors));
        errors.await("bad\n");
        output.await("good\n");
        assertThat(process.errorChannel()).isNotSameAs(process.channel());
        Await.success(duplex(process).shutdownOutput());
        assertThat(output.awaitClosed().text()).isEqualTo("good\n");
        assertThat(errors.awaitClosed().text()).isEqualTo("bad\n");
    }

    @Test
    void shouldMergeErrorsIntoTheOutput() throws Exception {
        processes.start(ProcessFixture.shell("echo good; echo bad >&2; echo end")
                .handler(output)
                .stderr(GLibSubprocessStdio.STDOUT));
        assertThat(output.awaitClosed().text()).isEqualTo("good\nbad\nend\n");
    }

    @Test
    void shouldReadAlone() throws Exception {
        GLibSubprocess process = processes.start(ProcessFixture.shell("cat; echo end")
                .stdin(GLibSubprocessStdio.NULL)
                .handler(output));
        assertThat(output.awaitClosed().text()).isEqualTo("end\n");
        assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
    }

    @Test
    void shouldWriteAlone() throws Exception {
        GLibSubprocess process = processes.start(ProcessFixture.shell("read code; echo nobody reads this; exit $code")
                .stdout(GLibSubprocessStdio.NULL));
        Channel channel = process.channel();
        Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(ascii("9\n"))));
        assertThat(ProcessFixture.exitOf(process).code()).hasValue(9);
        Await.success(channel.closeFuture());
    }

    @Test
    void shouldDoWithoutChannels() throws Exception {
        GLibSubprocess process = processes.start(ProcessFixture.shell("cat && exit 4")
                .stdin(GLibSubprocessStdio.NULL)
                .stdout(GLibSubprocessStdio.NULL)
                .stderr(GLibSubprocessStdio.NULL));
        assertThat(ProcessFixture.exitOf(process).code()).hasValue(4);
        assertThatThrownBy(process::channel).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(process::errorChannel).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldInherit() throws Exception {
        GLibSubprocess process = processes.start(ProcessFixture.shell("readlink /proc/self/fd/0 /proc/self/fd/2")
                .stdin(GLibSubprocessStdio.INHERIT)
                .stderr(GLibSubprocessStdio.INHERIT)
                .handler(output));
        assertThat(output.awaitClosed().text()).isEqualTo(link(0) + '\n' + link(2) + '\n');
        assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
    }

    private static String link(int descriptor) throws Exception {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    }

    @Test
    void shouldHandDescriptorsOver(@TempDir Path directory) throws Exception {
        Path input = Files.writeString(directory.resolve("input"), "from a file\n");
        Path written = Files.createFile(directory.resolve("output"));
        Path complaints = Files.createFile(directory.resolve("errors"));
        FileDescriptor stdin = open(input, Fcntl.O_RDONLY);
        FileDescriptor stdout = open(written, Fcntl.O_WRONLY);
        FileDescriptor stderr = open(complaints, Fcntl.O_WRONLY);
        GLibSubprocess process = processes.start(ProcessFixture.shell("cat; echo bad >&2")
                .stdin(GLibSubprocessStdio.of(stdin))
                .stdout(GLibSubprocessStdio.of(stdout))
                .stderr(GLibSubprocessStdio.of(stderr)));
        assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
        assertThat(written).content().isEqualTo("from a file\n");
        assertThat(complaints).content().isEqualTo("bad\n");
        assertThat(new FileDescriptor[] {stdin, stdout, stderr}).noneMatch(FileDescriptor::isOpen);
    }

    private static FileDescriptor open(Path file, int mode) {
        Errno errno = new Errno();
        try {
            return new FileDescriptor(errno.check(Fcntl.open(errno, file.toString(), mode | Fcntl.O_CLOEXEC), "open"));
        } finally {
            errno.free();
        }
    }
}
