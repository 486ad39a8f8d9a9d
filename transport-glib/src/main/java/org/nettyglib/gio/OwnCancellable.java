package org.nettyglib.gio;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.gnome.gio.Cancellable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGobject;

/**
 * The {@code GCancellable} of one operation, made when it is needed. java-gi's object for it has a reference of its own:
 * java-gi's usual ones have a toggle reference, which costs more than the rest of an operation of ours. From any thread.
 */
final class OwnCancellable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final @Nullable SpareCancellables spares;

    /** 0 before it is needed. */
    private long address;

    private @Nullable Cancellable proxy;
    private boolean cancelled;

    OwnCancellable() {
        spares = null;
    }

    /** @param spares if whoever is handed the address keeps nothing of it beyond its operation */
    OwnCancellable(SpareCancellables spares) {
        this.spares = spares;
    }

    /** {@return the address, good until {@link #release}} */
    synchronized long address() {
        if (address == 0) {
            address = proxy != null ? LibGobject.g_object_ref(proxy.handle().address()) : create();
        }
        return address;
    }

    synchronized Cancellable proxy() {
        if (proxy == null) {
            long own = address != 0 ? LibGobject.g_object_ref(address) : create();
            proxy = new Cancellable(MemorySegment.ofAddress(own));
            CLEANER.register(proxy, () -> LibGobject.g_object_unref(own));
        }
        return proxy;
    }

    private long create() {
        long created = spares != null ? spares.take() : LibGio.g_cancellable_new();
        if (cancelled) {
            LibGio.g_cancellable_cancel(created);
        }
        return created;
    }

    /** Cancels the operation. Its listeners are called on this thread. */
    void cancel() {
        long own;
        synchronized (this) {
            cancelled = true;
            own = address != 0 ? address : proxy != null ? proxy.handle().address() : 0;
            if (own == 0) {
                return;
            }
            LibGobject.g_object_ref(own);
        }
        try {
            LibGio.g_cancellable_cancel(own);
        } finally {
            LibGobject.g_object_unref(own);
        }
    }

    /** The operation is over. */
    synchronized void release() {
        if (address == 0) {
            return;
        }
        if (spares != null && proxy == null && !cancelled) {
            spares.give(address);
        } else {
            LibGobject.g_object_unref(address);
        }
        address = 0;
    }
}
