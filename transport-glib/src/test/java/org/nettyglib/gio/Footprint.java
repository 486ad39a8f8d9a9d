package org.nettyglib.gio;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.gnome.gobject.GObject;
import org.nettyglib.ffi.StubPool;

/**
 * What operations might leave behind.
 *
 * @param codeCache bytes of the JVM's code cache, where function pointers are
 * @param stubs function pointers that were made for operations of java-gi's
 * @param references of the object that the operations were started on
 * @param descriptors that are open
 * @param nativeHeap bytes that C code has allocated
 * @param resident bytes of memory that this process occupies
 */
record Footprint(long codeCache, int stubs, int references, int descriptors, long nativeHeap, long resident) {
    private static final long PAGE_BYTES = 4096;

    /**
     * After all operations have ended.
     *
     * @param idle how it was before the first of them
     */
    static Footprint of(GObject object, Idle idle) throws InterruptedException {
        idle.await();
        collectGarbage();
        return new Footprint(
                usedCodeCache(),
                StubPool.made(),
                References.of(object),
                openDescriptors(),
                NativeHeap.used(),
                residentBytes());
    }

    /** What java-gi's objects hold in C is dropped after they were collected, by threads that need some time for it. */
    private static void collectGarbage() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
    }

    private static long usedCodeCache() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().startsWith("Code"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
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

    private static int openDescriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
