package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchTest {

    @Test
    void shouldGoWithAllThatIsInIt() throws IOException {
        Path folder;
        try (Scratch scratch = new Scratch()) {
            folder = scratch.folder();
            Files.createFile(folder.resolve("left behind"));
            assertThat(folder).isDirectory();
        }
        assertThat(folder).doesNotExist();
    }
}
