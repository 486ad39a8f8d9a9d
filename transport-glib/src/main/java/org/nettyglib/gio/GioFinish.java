package org.nettyglib.gio;

import org.gnome.gio.AsyncResult;
import org.jspecify.annotations.Nullable;

/**
 * Takes the result of an operation of GIO: calls its {@code …Finish} method.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface GioFinish<T extends @Nullable Object> {
    /**
     * Takes the result. Called once for each operation that was started, also for one that was cancelled, on the thread of
     * the event loop.
     *
     * @param result to hand to the {@code …Finish} method; good until this method returns
     * @return the result, which the future succeeds with
     * @throws Exception what the future fails with, usually a {@link org.javagi.base.GErrorException}
     */
    T finish(AsyncResult result) throws Exception;

    /**
     * Releases a result that came too late for its future, which was cancelled before. A stream of GIO is closed without
     * waiting for it, something reference-counted of Netty's is released, something {@link AutoCloseable} is closed; of
     * anything else the garbage collector drops the reference.
     *
     * @param late the result
     * @throws Exception is logged
     */
    default void release(T late) throws Exception {
        LateResult.release(late);
    }
}
