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
import org.junit.jupiter.api.Test;
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

    /** What an event loop makes; a question mark is for what not every machine has. */
    private static final String WAITS_AND_IO = "?poll,ppoll,?epoll_wait,epoll_pwait,?epoll_pwait2,epoll_ctl,eventfd2,"
            + "timerfd_settime,timerfd_gettime,read,write,readv,writev,%network";

    /** Of which one is made by {@link java.io.File#exists()}. */
    private static final String FILE_QUERIES = ",?stat,?statx,?newfstatat,?access,faccessat";

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

    /** Nothing of the file goes through user space. A stream of GIO is none of ours to send by. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GIO")
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

    /** The context has a lot to do, but the event loop that is attached to it has not. */
    @Test
    void shouldMakeNoSystemCallOfItsOwnWhileAttachedAndIdle() throws Exception {
        Path trace = directory.resolve("trace");
        String begin = directory.resolve("begin").toString();
        String end = directory.resolve("end").toString();

        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-qq",
                "--seccomp-bpf",
                "-e",
                "trace=" + WAITS_AND_IO + FILE_QUERIES,
                "-o",
                trace.toString()));
        command.addAll(Program.java(IdleGuest.class, begin, end));
        try (Program guest = Program.start(command)) {
            guest.awaitSuccess();
        }

        List<String> calls = ofThreadThatAsksFor(begin, Files.readAllLines(trace));
        int from = indexOf(calls, begin);
        assertThat(calls.subList(0, from)).as("what Netty had to do").anyMatch(call -> call.startsWith("bind("));
        List<String> idle = calls.subList(from + 1, indexOf(calls, end));
        assertThat(idle).hasSizeGreaterThanOrEqualTo(IdleGuest.CALLS - 1);
        // What GLib waits with.
        assertThat(idle).allMatch(call -> call.startsWith("poll(") || call.startsWith("ppoll("), "poll");
    }

    /** The calls of one thread, each of which strace writes behind the thread's number. */
    private static List<String> ofThreadThatAsksFor(String file, List<String> trace) {
        String thread = trace.get(indexOf(trace, file)).split(" ", 2)[0];
        return trace.stream()
                .filter(line -> line.startsWith(thread + ' '))
                .filter(line -> !line.contains(" resumed>"))
                .map(line -> line.substring(thread.length()).trim())
                .toList();
    }

    private static int indexOf(List<String> trace, String text) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i).contains('"' + text + '"')) {
                return i;
            }
        }
        throw new AssertionError("no call with " + text);
    }
}
