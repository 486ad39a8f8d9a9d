package org.nettyglib.gio;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.gnome.gio.Cancellable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGobject;

/**
 * The {@code GCancellable} of one operation. java-gi's object for it is made when somebody asks, with a reference of its own:
 * java-gi's usual ones have a toggle reference, which costs more than the rest of an operation of ours. From any thread.
 */
final class OwnCancellable {
    private static final Cleaner CLEANER = Cleaner.create();

    private long address = LibGio.g_cancellable_new();
    private @Nullable Cancellable proxy;
    private boolean cancelled;

    /** {@return the address, good until {@link #release}} */
    synchronized long address() {
        return address;
    }

    synchronized Cancellable proxy() {
        if (proxy == null) {
            long own = address != 0 ? LibGobject.g_object_ref(address) : LibGio.g_cancellable_new();
            if (address == 0 && cancelled) {
                LibGio.g_cancellable_cancel(own);
            }
            proxy = new Cancellable(MemorySegment.ofAddress(own));
            CLEANER.register(proxy, () -> LibGobject.g_object_unref(own));
        }
        return proxy;
    }

    /** Cancels the operation. Its listeners are called on this thread. */
    void cancel() {
        long own;
        synchronized (this) {
            cancelled = true;
            if (address == 0) {
                return;
            }
            own = LibGobject.g_object_ref(address);
        }
        try {
            LibGio.g_cancellable_cancel(own);
        } finally {
            LibGobject.g_object_unref(own);
        }
    }

    /** The operation is over. */
    synchronized void release() {
        if (address != 0) {
            LibGobject.g_object_unref(address);
            address = 0;
        }
    }
}
