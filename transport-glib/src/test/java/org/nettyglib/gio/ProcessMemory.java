package org.nettyglib.gio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this process.
 *
 * @param nativeHeap bytes that C code has allocated
 * @param resident bytes of memory that this process occupies
 */
public record ProcessMemory(long nativeHeap, long resident) {
    private static final long PAGE_BYTES = 4096;

    /** After a garbage collection. */
    public static ProcessMemory now() throws InterruptedException {
        collectGarbage();
        return new ProcessMemory(NativeHeap.used(), residentBytes());
    }

    /** What java-gi's objects hold in C is dropped after they were collected, by threads that need some time for it. */
    private static void collectGarbage() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
    }

    /** By field 2 of statm in proc(5). */
    private static long residentBytes() {
        try {
            return PAGE_BYTES
                    * Long.parseLong(
                            Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
