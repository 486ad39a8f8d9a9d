package org.nettyglib.gio;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.gnome.gio.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation of GIO. It is completed on the thread of its event loop, which is the only one that may not wait
 * for it. All methods may be called from any thread.
 *
 * <p>Cancelling the future cancels the operation, and completes the future at once. An operation that ends with
 * {@code G_IO_ERROR_CANCELLED} is a cancelled future; any other {@code GError} is the cause of a failed one, a
 * {@link org.javagi.base.GErrorException} with its domain and code.
 *
 * @param <T> the result
 */
public interface GioFuture<T extends @Nullable Object> extends Future<T> {
    /**
     * The cancellable of this operation alone. To cancel it cancels the future.
     *
     * @return always the same object
     */
    Cancellable cancellable();

    /**
     * Sets a deadline: if the future is not done then, the operation is cancelled and the future fails with a
     * {@link java.util.concurrent.TimeoutException}. Of several deadlines the first counts.
     *
     * @param timeout from now on, more than zero
     * @return this future
     * @throws IllegalArgumentException if the timeout is zero or less
     */
    GioFuture<T> withTimeout(Duration timeout);

    /**
     * This future as a {@link CompletionStage}. It is completed on the thread of the event loop; to cancel its
     * {@code toCompletableFuture()} cancels the operation.
     *
     * @return a new stage
     */
    CompletionStage<T> toCompletionStage();

    @Override
    GioFuture<T> addListener(GenericFutureListener<? extends Future<? super T>> listener);

    @SuppressWarnings("unchecked") // declared by Netty
    @Override
    GioFuture<T> addListeners(GenericFutureListener<? extends Future<? super T>>... listeners);

    @Override
    GioFuture<T> removeListener(GenericFutureListener<? extends Future<? super T>> listener);

    @SuppressWarnings("unchecked") // declared by Netty
    @Override
    GioFuture<T> removeListeners(GenericFutureListener<? extends Future<? super T>>... listeners);

    @Override
    GioFuture<T> sync() throws InterruptedException;

    @Override
    GioFuture<T> syncUninterruptibly();

    @Override
    GioFuture<T> await() throws InterruptedException;

    @Override
    GioFuture<T> awaitUninterruptibly();
}
