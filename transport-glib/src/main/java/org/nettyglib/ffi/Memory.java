package org.nettyglib.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Raw access to native memory by address, for structures that live as long as a loop or longer.
 *
 * <p>No bounds and no lifetime are checked: an address comes from GLib or from an {@link Arena} whose owner outlives
 * each use.
 */
public final class Memory {
    private static final MemorySegment ALL = all();

    private Memory() {}

    @SuppressWarnings("restricted")
    private static MemorySegment all() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    public static short getShort(long address) {
        return ALL.get(ValueLayout.JAVA_SHORT, address);
    }

    public static void putShort(long address, short value) {
        ALL.set(ValueLayout.JAVA_SHORT, address, value);
    }

    public static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT, address);
    }

    public static void putInt(long address, int value) {
        ALL.set(ValueLayout.JAVA_INT, address, value);
    }

    public static long getLong(long address) {
        return ALL.get(ValueLayout.JAVA_LONG, address);
    }

    public static void putLong(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG, address, value);
    }

    /** For structures that C packs, such as {@code struct epoll_event} on x86_64. */
    public static long getLongUnaligned(long address) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    /** See {@link #getLongUnaligned(long)}. */
    public static void putLongUnaligned(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static void putByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static byte[] getBytes(long address, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, bytes, 0, length);
        return bytes;
    }

    public static void putBytes(long address, byte[] bytes) {
        MemorySegment.copy(bytes, 0, ALL, ValueLayout.JAVA_BYTE, address, bytes.length);
    }

    /** Where a direct buffer has its position; good as long as the buffer is reachable. */
    public static long address(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address();
    }

    /** Memory as a direct buffer, without a copy; good as long as the memory is. */
    @SuppressWarnings("restricted")
    public static ByteBuffer buffer(long address, int size) {
        return MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer();
    }

    /** A NUL-terminated string that is never freed, for names which C keeps by reference. */
    public static long immortalString(String text) {
        return Arena.global().allocateFrom(text, StandardCharsets.UTF_8).address();
    }

    public static String getString(long address) {
        return ALL.getString(address, StandardCharsets.UTF_8);
    }
}
