package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory that C reads or writes while Java does something else. Nobody collects it: it has to be freed, when the last
 * callback has come, and stays for ever if that never comes.
 */
public final class NativeBuffer {
    private static final MethodHandle MALLOC = LibGlib.GLIB.bind("g_malloc", JAVA_LONG, JAVA_LONG);

    private final long address;
    private final int size;

    public NativeBuffer(int size) {
        this.size = size;
        try {
            address = (long) MALLOC.invokeExact((long) size);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public long address() {
        return address;
    }

    public int size() {
        return size;
    }

    /** Copies from {@code position} on to another place. */
    public void copyTo(int position, long target, int length) {
        MemorySegment.copy(memory(address + position, length), 0, memory(target, length), 0, length);
    }

    /** Copies to the beginning from another place. */
    public void copyFrom(long origin, int length) {
        MemorySegment.copy(memory(origin, length), 0, memory(address, length), 0, length);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment memory(long address, int length) {
        return MemorySegment.ofAddress(address).reinterpret(length);
    }

    /** Gives the memory back, once. */
    public void free() {
        LibGlib.g_free(address);
    }
}
