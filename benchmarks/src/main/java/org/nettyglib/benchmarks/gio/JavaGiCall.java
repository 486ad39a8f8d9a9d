package org.nettyglib.benchmarks.gio;

import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * A pair of methods of java-gi that does something asynchronously.
 *
 * @param <T> the result
 */
interface JavaGiCall<T> {

    void begin(@Nullable Cancellable cancellable, AsyncReadyCallback ready);

    T finish(AsyncResult result) throws Exception;

    /** Complains of a wrong result. */
    void check(T result);
}
