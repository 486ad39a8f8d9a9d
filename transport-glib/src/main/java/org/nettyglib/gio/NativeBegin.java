package org.nettyglib.gio;

/** Starts an operation of GIO by its C function. */
@FunctionalInterface
interface NativeBegin {
    /**
     * Calls the {@code …_async} function, on the loop's thread and with its context as the thread-default one.
     *
     * @param cancellable the {@code GCancellable} to hand over
     * @param callback the {@code GAsyncReadyCallback} to hand over
     * @param userData the callback's
     * @throws Exception only if the function was not called
     */
    void begin(long cancellable, long callback, long userData) throws Exception;
}
