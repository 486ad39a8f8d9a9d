package org.nettyglib.gio;

import org.jspecify.annotations.Nullable;

/** Takes the result of an operation by its C function. */
@FunctionalInterface
interface NativeFinish<T extends @Nullable Object> {
    /**
     * Calls the {@code …_finish} function. Once for each operation that was started, on the loop's thread.
     *
     * @param source the object that the operation was started on, or 0
     * @param result the {@code GAsyncResult}
     */
    T finish(long source, long result) throws Exception;

    /** Releases a result that nobody waits for any more. */
    default void release(T late) throws Exception {
        LateResult.release(late);
    }
}
