package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** EMFILE in accept(2), in a JVM of its own: a full descriptor table would hit everybody in this one. */
class AcceptWithoutDescriptorsTest {
    private static final int LIMIT = 256;

    @ParameterizedTest
    @EnumSource
    void shouldPauseAndGoOnWhenNoDescriptorIsLeft(StreamKind kind) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\""));
        command.addAll(Program.java(DescriptorShortage.class, kind.name()));
        try (Program child = Program.start(command)) {
            assertThat(child.awaitSuccess()).asString().isEqualTo(DescriptorShortage.SURVIVED);
        }
    }
}
