package org.nettyglib.ffi;

/**
 * Nodes of a {@code GList}: a struct of data, next and previous, public in {@code glib/glist.h} and so part of the ABI. An
 * empty list is 0.
 */
public final class GList {
    private static final int NEXT_OFFSET = 8;

    private GList() {}

    public static long data(long node) {
        return Memory.getLong(node);
    }

    public static long next(long node) {
        return Memory.getLong(node + NEXT_OFFSET);
    }
}
