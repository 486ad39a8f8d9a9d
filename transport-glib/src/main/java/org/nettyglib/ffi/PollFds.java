package org.nettyglib.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A growing array of {@code GPollFD}: {@code {gint fd; gushort events; gushort revents;}}, which on Linux is the same
 * as poll(2)'s {@code struct pollfd}, so that one array serves both.
 *
 * <p>For one thread at a time.
 *
 * @see <a href="https://docs.gtk.org/glib/struct.PollFD.html">GPollFD</a>
 */
public final class PollFds {
    /** {@code sizeof(GPollFD)} in bytes. */
    private static final int SIZE = 8;

    private static final int REVENTS = 6;

    private Arena arena;
    private long address;
    private int capacity;

    public PollFds(int capacity) {
        arena = Arena.ofShared();
        address = allocate(capacity);
        this.capacity = capacity;
    }

    private long allocate(int length) {
        MemorySegment segment = arena.allocate((long) length * SIZE, Long.BYTES);
        return segment.address();
    }

    /** Makes room for {@code length} entries; what was there before is lost. */
    public void grow(int length) {
        arena.close();
        arena = Arena.ofShared();
        capacity = Math.max(length, capacity * 2);
        address = allocate(capacity);
    }

    public long address() {
        return address;
    }

    public int capacity() {
        return capacity;
    }

    public int fd(int index) {
        return Memory.getInt(address + (long) index * SIZE);
    }

    public void revents(int index, int revents) {
        Memory.putShort(address + (long) index * SIZE + REVENTS, (short) revents);
    }

    public int revents(int index) {
        return Memory.getShort(address + (long) index * SIZE + REVENTS);
    }

    public void free() {
        arena.close();
    }
}
