package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Program;

class GioGarbageTest {
    @TempDir
    private Path directory = Path.of("");

    /** In a process with a small heap, where that is quick. */
    @Test
    void shouldSurviveGarbageCollectionsOnEachCallback() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        List<String> command = Program.java(GioGarbageProgram.class, file.toString());
        command.addAll(1, List.of("-XX:+UseSerialGC", "-Xmx64m"));
        try (Program program = Program.start(command)) {
            assertThat(new String(program.awaitSuccess(), StandardCharsets.UTF_8))
                    .endsWith("done 306\n");
            assertThat(program.errors()).doesNotContain("Exception").doesNotContain("CRITICAL");
        }
    }
}
