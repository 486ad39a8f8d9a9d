package org.nettyglib.gio;

import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.Cancellable;
import org.gnome.gio.FileProgressCallback;

/** Starts an operation of GIO that tells how far it is, such as {@code g_file_copy_async}. */
@FunctionalInterface
public interface GioProgressiveBegin {
    /**
     * Starts the operation. Called on the thread of the event loop, whose context is the thread-default one.
     *
     * @param cancellable to hand to the operation: cancelled when the future is
     * @param progress to hand to the operation, at most once
     * @param ready to hand to the operation, once and itself (not inside another callback), before this method returns
     * @throws Exception if the operation cannot be started; the future fails with it
     */
    void begin(Cancellable cancellable, FileProgressCallback progress, AsyncReadyCallback ready) throws Exception;
}
