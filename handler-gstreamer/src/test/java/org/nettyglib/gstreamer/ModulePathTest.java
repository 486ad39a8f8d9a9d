package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Program;

/** The library as a module, to which the transport's bindings are open. */
class ModulePathTest {
    private static final String MODULE = "org.nettyglib.gstreamer";

    /** What the module needs; all other jars are the tests'. */
    private static final Pattern MODULES = Pattern.compile(
            "(netty-(common|buffer|resolver|transport).*(?<!-tests)" + "|(glib|gstreamer)-\\d.*|jspecify-.*)\\.jar");

    /** A program as if it belonged to the module. */
    private static List<String> command(Class<?> program) {
        List<String> modules = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            boolean isModule = Files.exists(path.resolve("module-info.class"))
                    || MODULES.matcher(path.getFileName().toString()).matches();
            (isModule ? modules : classes).add(entry);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path=" + String.join(File.pathSeparator, modules),
                "--class-path=" + String.join(File.pathSeparator, classes),
                "--patch-module=" + MODULE + '=' + tests(),
                "--add-reads=" + MODULE + "=ALL-UNNAMED",
                "--add-modules=ALL-MODULE-PATH,java.logging",
                "--add-opens=org.gnome.glib/org.javagi.interop=org.nettyglib.transport",
                "--enable-native-access=org.nettyglib.transport,org.gnome.glib,org.freedesktop.gstreamer,io.netty.common",
                "--illegal-native-access=deny",
                "--module=" + MODULE + '/' + program.getName());
    }

    private static String tests() {
        return Path.of(ModulePathTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    @Test
    void shouldCarryAStream() throws Exception {
        try (Program program = Program.start(command(StreamProgram.class))) {
            assertThat(new String(program.awaitSuccess(), StandardCharsets.UTF_8).lines())
                    .containsExactly("in 1000", "out 1000");
        }
    }
}
