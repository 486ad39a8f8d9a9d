package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;
import org.nettyglib.gio.ResolverProgram.Command;
import org.nettyglib.loop.LoopKind;

/** Real look-ups in DNS, by a {@link ResolverProgram} in a network of its own, where the only name server is a test's. */
class GioResolverDnsTest {
    /** Addresses that are no loopback ones: without them the system would not ask for such. */
    private static final String SETUP = "ip link set lo up"
            + " && ip address add 192.0.2.1/24 dev lo"
            + " && ip -6 address add 2001:db8::1/64 dev lo"
            + " && mount --bind \"$1\" /etc/resolv.conf"
            + " && mount --bind \"$2\" /etc/nsswitch.conf"
            + " && mount --bind \"$3\" /etc/hosts"
            + " && shift 3 && exec \"$@\"";

    @TempDir
    private static Path directory;

    private static final Map<LoopKind, Program> programs = new EnumMap<>(LoopKind.class);

    @BeforeAll
    static void startPrograms() throws Exception {
        Program.assumeInstalled("unshare", "util-linux");
        Program.assumeInstalled("ip", "iproute2");
        try (Program attempt = Program.start(inNamespace(List.of("true")))) {
            if (attempt.awaitExit() != 0) {
                String reason = "this user may not have a network of his own: " + attempt.errors();
                System.out.println("not tested: " + reason);
                abort(reason);
            }
        }
        for (LoopKind kind : LoopKind.values()) {
            programs.put(kind, Program.start(inNamespace(Program.java(ResolverProgram.class, kind.name()))));
        }
    }

    private static List<String> inNamespace(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("unshare", "-rmn", "sh", "-ec", SETUP, "sh"));
        // A name server that does not answer is waited for longer than a test waits.
        whole.add(file("resolv.conf", "nameserver 127.0.0.1\noptions timeout:30 attempts:1\n"));
        whole.add(file("nsswitch.conf", "hosts: files dns\n"));
        whole.add(file("hosts", "127.0.0.1 localhost\n192.0.2.77 from.the.file\n"));
        whole.addAll(command);
        return whole;
    }

    private static String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @AfterAll
    static void endPrograms() throws Exception {
        for (Program program : programs.values()) {
            program.close();
        }
    }

    private static List<String> lines(Program program) {
        return new String(program.output(), StandardCharsets.UTF_8).lines().toList();
    }

    /** What comes of a command. */
    private static String ask(LoopKind kind, Command command, String... words) throws Exception {
        return ask(Objects.requireNonNull(programs.get(kind)), command, words);
    }

    private static String ask(Program program, Command command, String... words) throws Exception {
        Await.until(() -> !lines(program).isEmpty(), program::toString);
        int said = lines(program).size();
        String line = command + (words.length == 0 ? "" : " " + String.join(" ", words)) + '\n';
        program.write(line.getBytes(StandardCharsets.UTF_8));
        Await.until(() -> lines(program).size() > said, () -> line + program);
        return lines(program).get(said);
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindAHost(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.HOST, "four.example.test")).isEqualTo("four.example.test/192.0.2.4");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindAllAddressesInTheSystemsOrder(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.HOSTS, "both.example.test"))
                .isEqualTo("[both.example.test/2001:db8:0:0:0:0:0:5, both.example.test/192.0.2.5]");
        assertThat(ask(kind, Command.ADDRESSES, "both.example.test"))
                .isEqualTo("[both.example.test/[2001:db8:0:0:0:0:0:5]:80, both.example.test/192.0.2.5:80]");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFollowNsswitch(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.HOST, "from.the.file")).isEqualTo("from.the.file/192.0.2.77");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindANameThatIsNotAscii(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.HOST, "bücher.example.test")).isEqualTo("bücher.example.test/192.0.2.7");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldSayThatAHostIsUnknown(LoopKind kind) throws Exception {
        for (Command command : List.of(Command.HOST, Command.HOSTS, Command.ADDRESSES)) {
            assertThat(ask(kind, command, "nobody.example.invalid"))
                    .startsWith("UnknownHostException by GError 0 ")
                    .contains("nobody.example.invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", ".", "..", "a..b", "a/b", "\u0080", "\ud800"})
    void shouldSayThatANameIsNone(String name) throws Exception {
        assertThat(ask(LoopKind.OWN_THREAD, Command.HOST, name)).startsWith("UnknownHostException by GError");
        assertThat(ask(LoopKind.OWN_THREAD, Command.HOST, name.repeat(300)))
                .startsWith("UnknownHostException by GError");
        assertThat(ask(LoopKind.OWN_THREAD, Command.TEXT, name.repeat(300))).startsWith("GError");
        assertThat(ask(LoopKind.OWN_THREAD, Command.SERVICE, "chat", "tcp", name.repeat(300)))
                .startsWith("GError");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindTheNameOfAnAddress(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.NAME, "192.0.2.5")).isEqualTo("both.example.test");
        assertThat(ask(kind, Command.NAME, "192.0.2.6")).startsWith("GError 0 ");
        assertThat(ask(kind, Command.NAME, "2001:db8::5")).startsWith("GError 0 ");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindServicesInTheirOrder(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.SERVICE, "chat", "tcp", "example.test"))
                .isEqualTo(List.of(
                                new GioSrvRecord("first.example.test", 65535, 10, 5),
                                new GioSrvRecord("last.example.test", 5222, 20, 0))
                        .toString());
        assertThat(ask(kind, Command.SERVICE, "chat", "udp", "example.test")).startsWith("GError 0 ");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindRecords(LoopKind kind) throws Exception {
        // GIO turns their order round.
        assertThat(ask(kind, Command.TEXT, "example.test"))
                .contains(new GioTxtRecord(List.of("v=spf1 ", "-all")).toString())
                .contains(new GioTxtRecord(List.of("größer")).toString());
        assertThat(ask(kind, Command.MAIL, "example.test"))
                .isEqualTo(List.of(new GioMxRecord("mail.example.test", 10)).toString());
        assertThat(ask(kind, Command.NAME_SERVERS, "example.test")).isEqualTo("[ns1.example.test]");
        assertThat(ask(kind, Command.AUTHORITY, "example.test"))
                .isEqualTo(List.of(new GioSoaRecord(
                                "ns1.example.test",
                                "admin.example.test",
                                4_000_000_000L,
                                Duration.ofHours(1),
                                Duration.ofMinutes(10),
                                Duration.ofDays(1),
                                Duration.ofMinutes(1)))
                        .toString());
        assertThat(ask(kind, Command.TEXT, "nobody.example.invalid")).startsWith("GError 0 ");
    }

    /** GLib 2.74 complains, and its record has a hole that ended the JVM. */
    @Test
    void shouldSurviveATextThatIsNotUtf8() throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "-u", "G_DEBUG"));
        command.addAll(Program.java(ResolverProgram.class, LoopKind.OWN_THREAD.name()));
        try (Program program = Program.start(inNamespace(command))) {
            assertThat(ask(program, Command.TEXT, "latin1.example.test"))
                    .startsWith("[GioTxtRecord")
                    .contains("ok");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldCancelALookUp(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.CANCEL, "cancelled.silent.test")).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldGiveUpAtADeadline(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.TIMEOUT, "late.silent.test")).isEqualTo("TimeoutException");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldEndWithItsLoop(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.SHUT_DOWN, "ended.silent.test")).isEqualTo("cancelled, left: 0");
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldFindManyAtOnce(LoopKind kind) throws Exception {
        assertThat(ask(kind, Command.MANY_HOSTS)).isEqualTo(ResolverProgram.MANY + " right, left: 0");
    }
}
