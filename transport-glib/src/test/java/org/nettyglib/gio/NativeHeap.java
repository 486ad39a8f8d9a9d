package org.nettyglib.gio;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** The memory that C code has allocated, the JVM's own included. */
final class NativeHeap {
    /** {@code struct mallinfo2} of mallinfo(3): ten numbers. */
    private static final MemoryLayout INFO = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));

    /** In large blocks of their own. */
    private static final int HBLKHD = 4;

    /** In all others. */
    private static final int UORDBLKS = 7;

    private static final MethodHandle MALLINFO = bind();

    private NativeHeap() {}

    @SuppressWarnings("restricted")
    private static MethodHandle bind() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(INFO));
    }

    /** {@return bytes that were allocated and not freed} */
    static long used() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) MALLINFO.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(JAVA_LONG, HBLKHD) + info.getAtIndex(JAVA_LONG, UORDBLKS);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
