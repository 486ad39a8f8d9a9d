package org.nettyglib.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.Payload;
import org.nettyglib.channel.Program;
import org.nettyglib.channel.StreamKind;

/** The library as a module, to which Netty's native sendfile is closed unless it is opened. */
class ModulePathTest {
    private static final String MODULE = "org.nettyglib.transport";
    private static final String SENDFILE = "io.netty.transport.classes.epoll/io.netty.channel.epoll=" + MODULE;

    /** What the module needs; all other jars are the tests'. */
    private static final Pattern MODULES =
            Pattern.compile("(netty-(common|buffer|resolver|transport).*|glib-\\d.*|jspecify-.*)\\.jar");

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    /** A program as if it belonged to the module. */
    private static List<String> command(Class<?> program, String option, String... arguments) {
        List<String> modules = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        String tests = "";
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.exists(path.resolve("module-info.class"))
                    || MODULES.matcher(path.getFileName().toString()).matches()) {
                modules.add(entry);
            } else if (Files.isDirectory(path)) {
                tests = entry;
            } else {
                classes.add(entry);
            }
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path=" + String.join(File.pathSeparator, modules),
                "--class-path=" + String.join(File.pathSeparator, classes),
                "--patch-module=" + MODULE + '=' + tests,
                "--add-reads=" + MODULE + "=ALL-UNNAMED",
                "--add-modules=ALL-MODULE-PATH,java.logging",
                "--add-opens=org.gnome.glib/org.javagi.interop=" + MODULE,
                "--enable-native-access=" + MODULE + ",org.gnome.glib,io.netty.common",
                option,
                "--module=" + MODULE + '/' + program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendFileWithAndWithoutSendfile(boolean opened, @TempDir Path directory) throws Exception {
        byte[] content = Payload.bytes(8 << 20);
        Path file = Files.write(directory.resolve("file"), content);
        Collector received = new Collector();
        Channel server = loops.bind(StreamKind.TCP, loops.server(StreamKind.TCP, received));

        try (Program sender = Program.start(command(
                FileSender.class,
                opened ? "--add-opens=" + SENDFILE : "-ea",
                "TCP",
                Addresses.port(server.localAddress()),
                file.toString()))) {
            sender.awaitSuccess();
            // What has to be opened is told.
            assertThat(sender.errors().contains("--add-opens " + SENDFILE)).isEqualTo(!opened);
        }
        received.awaitEqual(content);
    }

    @Test
    void shouldReachGio(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1000]);

        try (Program program = Program.start(command(GioProgram.class, "-ea", file.toString()))) {
            assertThat(new String(program.awaitSuccess(), StandardCharsets.UTF_8).lines())
                    .containsExactly("size 1000", "addresses 1", "exit code 7", "cancelled true");
        }
    }
}
