package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Program;

/** What pipelines leave behind, which GStreamer's own tracer counts in a process of its own. */
class PipelineLeaksTest {
    private static final String PIPELINES = "200";

    @Test
    void shouldLeaveNothing(@TempDir Path directory) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "GST_TRACERS=leaks",
                "G_DEBUG=fatal-criticals",
                "GST_REGISTRY=" + directory.resolve("registry")));
        command.addAll(Program.java(PipelineSoak.class, PIPELINES));
        try (Program program = Program.start(command)) {
            String output = new String(program.awaitSuccess(), StandardCharsets.UTF_8);
            assertThat(output).contains("flat");
            System.out.println(output);
        }
    }
}
