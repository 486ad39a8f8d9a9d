package org.nettyglib.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFileTest {

    @Test
    void shouldNumberItsWords(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("file");
        TestFile.write(file, 3);

        LongBuffer words = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        assertThat(words.remaining()).isEqualTo(3 * (1 << 20) / Long.BYTES);
        while (words.hasRemaining()) {
            assertThat((long) words.position()).isEqualTo(words.get());
        }
    }

    @Test
    void shouldOverwriteNothing(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> TestFile.write(file, 1))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining(file.toString());
    }
}
