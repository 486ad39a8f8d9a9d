package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.loop.LoopKind;

/** What a {@link GLibSubprocess} has of this process, and what not. */
@ParameterizedClass
@EnumSource
class SubprocessInheritanceTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int HEX = 16;

    /** 32 and 33: the C library has them for itself. */
    private static final long INTERNAL = 3L << 31;

    /** 13, of which the lowest is 1. */
    private static final long SIGPIPE = 1 << 12;

    /** The fourth is the directory that the program itself opens. */
    private static final String STANDARD_ONES = "0\n1\n2\n3\n";

    @RegisterExtension
    final ProcessFixture processes;

    private final Received output = new Received();

    SubprocessInheritanceTest(LoopKind kind) {
        processes = new ProcessFixture(kind);
    }

    private String outputOf(String... arguments) throws InterruptedException {
        processes.start(GLibSubprocess.builder(arguments).handler(output));
        return output.awaitClosed().text();
    }

    /** The JDK's sockets and pipes are not closed by the start of a program. */
    @Test
    void shouldHaveNoDescriptorOfThisProcess(@TempDir Path directory) throws Exception {
        FileDescriptor file = FileDescriptor.from(directory.resolve("file").toFile());
        Pipe pipe = Pipe.open();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            assertThat(server.isBound() && source.isOpen() && sink.isOpen()).isTrue();
            assertThat(outputOf("ls", "/proc/self/fd")).isEqualTo(STANDARD_ONES);
        } finally {
            file.close();
        }
    }

    @Test
    void shouldHaveAllStandardDescriptorsWhateverTheyAre() throws Exception {
        processes.start(GLibSubprocess.builder("ls", "/proc/self/fd")
                .stdin(GLibSubprocessStdio.NULL)
                .stderr(GLibSubprocessStdio.NULL)
                .handler(output));
        assertThat(output.awaitClosed().text()).isEqualTo(STANDARD_ONES);
    }

    /** The JVM's threads block SIGQUIT, and the JVM takes some signals itself. */
    @Test
    void shouldTakeSignals() throws Exception {
        String status = outputOf("cat", "/proc/self/status");
        assertThat(signals(status, "SigBlk")).isZero();
        assertThat(signals(status, "SigCgt")).isZero();
        assertThat(signals(status, "SigIgn")).isEqualTo(signals(Files.readString(STATUS), "SigIgn") & ~SIGPIPE);
    }

    private static long signals(String status, String name) {
        Matcher line = Pattern.compile(name + ":\\s*(\\p{XDigit}+)").matcher(status);
        assertThat(line.find()).isTrue();
        return Long.parseUnsignedLong(line.group(1), HEX) & ~INTERNAL;
    }
}
