package org.nettyglib.gio;

import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGobject;

/**
 * Cancellables of operations that have ended, for the next ones of the same loop. Only one that was never cancelled, and that
 * nobody else knows any more, is used again. From any thread.
 */
final class SpareCancellables {
    private static final int MOST = 64;

    /** The oldest comes first: GIO may have the youngest until its callback has returned. */
    private final long[] spares = new long[MOST];

    private int oldest;
    private int count;

    /** None are kept while there is nothing under way on the loop, nor after its end. */
    private boolean open;

    /** {@return one with a reference for the caller} */
    synchronized long take() {
        return count > 0 && LibGobject.refCount(spares[oldest]) == 1 ? removeOldest() : LibGio.g_cancellable_new();
    }

    /**
     * Takes the caller's reference over.
     *
     * @param cancellable was never cancelled, and will not be by those who know it
     */
    synchronized void give(long cancellable) {
        if (open && count < MOST) {
            spares[(oldest + count++) % MOST] = cancellable;
        } else {
            LibGobject.g_object_unref(cancellable);
        }
    }

    synchronized void open() {
        open = true;
    }

    synchronized void close() {
        open = false;
        while (count > 0) {
            LibGobject.g_object_unref(removeOldest());
        }
    }

    private long removeOldest() {
        long spare = spares[oldest];
        oldest = (oldest + 1) % MOST;
        count--;
        return spare;
    }
}
