package org.nettyglib.gio;

import java.io.File;
import java.lang.management.ManagementFactory;
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
    /**
     * After all operations have ended.
     *
     * @param idle how it was before the first of them
     */
    static Footprint of(GObject object, Idle idle) throws InterruptedException {
        idle.await();
        ProcessMemory memory = ProcessMemory.now();
        return new Footprint(
                usedCodeCache(),
                StubPool.made(),
                References.of(object),
                openDescriptors(),
                memory.nativeHeap(),
                memory.resident());
    }

    private static long usedCodeCache() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().startsWith("Code"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static int openDescriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
