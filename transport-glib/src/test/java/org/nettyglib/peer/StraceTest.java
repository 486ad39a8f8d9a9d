package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.Program;
import org.nettyglib.channel.StreamKind;

/** Looks with {@code strace} at the system calls. */
class StraceTest {
    private static final int SIZE = 8 << 20;

    /** {@code sendfile(out, in, [offset] => [after], count) = sent}: the last number. */
    private static final Pattern SENT = Pattern.compile("sendfile.*\\) = (\\d+)$", Pattern.MULTILINE);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Path directory;

    StraceTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void requireStrace() throws IOException, InterruptedException {
        Program.assumeInstalled("strace", "strace");
        Process trial = new ProcessBuilder(
                        "strace", "-qq", "-o", directory.resolve("trial").toString(), "true")
                .inheritIO()
                .start();
        if (trial.waitFor() != 0) {
            String reason = "strace may not trace here";
            System.out.println("not tested: " + reason);
            abort(reason);
        }
    }

    /** Nothing of the file goes through user space. */
    @ParameterizedTest
    @EnumSource
    void shouldSendFilesBySendfile(StreamKind kind) throws Exception {
        Path file = Files.write(directory.resolve("file"), Payload.bytes(SIZE));
        Path trace = directory.resolve("trace");
        Collector received = new Collector();
        Channel server = loops.bind(kind, loops.server(kind, received));
        String where =
                kind == StreamKind.UNIX ? Addresses.path(server.localAddress()) : Addresses.port(server.localAddress());

        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=sendfile", "-o", trace.toString()));
        command.addAll(Program.java(FileSender.class, kind.name(), where, file.toString()));
        try (Program sender = Program.start(command)) {
            sender.awaitSuccess();
        }

        received.awaitEqual(Files.readAllBytes(file));
        long sent = SENT.matcher(Files.readString(trace))
                .results()
                .map(MatchResult::group)
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        assertThat(sent).isEqualTo(SIZE);
    }
}
