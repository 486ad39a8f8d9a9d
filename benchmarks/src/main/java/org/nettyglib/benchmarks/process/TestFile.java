package org.nettyglib.benchmarks.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that file servers send: each 64-bit word of it is its own index, so that the load can check what comes. */
public final class TestFile {

    private static final int MEBIBYTE = 1 << 20;

    private TestFile() {}

    /** Writes it, which leaves it in the page cache where there is room. */
    public static void write(Path file, int mebibytes) {
        ByteBuffer words = ByteBuffer.allocateDirect(MEBIBYTE).order(ByteOrder.nativeOrder());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long word = 0;
            for (int written = 0; written < mebibytes; written++) {
                words.clear();
                while (words.hasRemaining()) {
                    words.putLong(word++);
                }
                words.flip();
                while (words.hasRemaining()) {
                    channel.write(words);
                }
            }
        } catch (IOException e) {
            throw new BenchmarkException(
                    "cannot write %,d MiB to %s: %s".formatted(mebibytes, file, e.getMessage()), e);
        }
    }
}
