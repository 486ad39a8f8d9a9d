package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The {@code GAsyncReadyCallback} of the operations that this library starts itself: one function pointer for the life of
 * the JVM, and a token for each operation.
 *
 * @see <a href="https://docs.gtk.org/gio/callback.AsyncReadyCallback.html">GAsyncReadyCallback</a>
 */
public final class AsyncReady {
    /** Who waits for the end of an operation. */
    public interface Target {
        /**
         * The operation has ended. Called once, on the thread that iterates the context in which it was started.
         *
         * @param source the address of the object that the operation was started on, or 0
         * @param result the address of the {@code GAsyncResult}, good for the length of this call
         */
        void ready(long source, long result);
    }

    private static final Tokens<Target> TARGETS = new Tokens<>();

    private static final long STUB = Upcalls.stub(
            MethodHandles.lookup(), "ready", MethodType.methodType(void.class, long.class, long.class, long.class));

    private AsyncReady() {}

    /** {@return the function pointer to hand to each {@code …_async} function} */
    public static long stub() {
        return STUB;
    }

    /** {@return the {@code user_data} to hand along with it: one for each call, which GIO answers once} */
    public static long expect(Target target) {
        return TARGETS.add(target);
    }

    /** The call was not made after all. */
    public static void forget(long token) {
        TARGETS.remove(token);
    }

    /** {@return how many operations have not ended, for tests that look for leaks} */
    public static int pending() {
        return TARGETS.size();
    }

    @SuppressWarnings("unused") // the target of STUB
    private static void ready(long source, long result, long token) {
        try {
            @Nullable Target target = TARGETS.remove(token);
            if (target != null) {
                target.ready(source, result);
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
