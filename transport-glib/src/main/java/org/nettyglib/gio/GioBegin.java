package org.nettyglib.gio;

import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.Cancellable;

/** Starts an operation of GIO: calls its {@code …Async} method. */
@FunctionalInterface
public interface GioBegin {
    /**
     * Starts the operation. Called on the thread of the event loop, whose context is the thread-default one.
     *
     * @param cancellable to hand to the operation: cancelled when the future is
     * @param ready to hand to the operation, once and itself (not inside another callback), before this method returns
     * @throws Exception if the operation cannot be started; the future fails with it
     */
    void begin(Cancellable cancellable, AsyncReadyCallback ready) throws Exception;
}
