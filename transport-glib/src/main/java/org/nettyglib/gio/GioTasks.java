package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.lang.ref.Reference;
import java.util.concurrent.CompletionStage;
import org.gnome.gio.AsyncResult;
import org.javagi.base.GErrorException;
import org.nettyglib.ffi.TaskData;

/**
 * Futures as {@code GTask}s, for GObject code and C code that takes a {@code GAsyncReadyCallback}: the other way of
 * {@link GioFutures}. This is how a {@code …_async} method and its {@code …_finish} are implemented with Netty:
 *
 * <pre>{@code
 * void fetchAsync(Cancellable cancellable, AsyncReadyCallback callback) {
 *     Future<String> page = …;
 *     GioTasks.answer(loop, GioTaskCaller.of(this, cancellable, callback), GioTaskValue.STRING, page);
 * }
 *
 * String fetchFinish(AsyncResult result) throws GErrorException {
 *     return GioTasks.finish(result, GioTaskValue.STRING);
 * }
 * }</pre>
 *
 * <p>The callback is called once, on the loop's thread and with the loop's context as the thread-default one; if
 * {@code answer} is called on that thread, then not before it has returned. The caller's cancellable cancels the future; as with each {@code GTask}, a task whose
 * cancellable is cancelled before it is finished has failed, whatever came out of its future. When the loop shuts down, the
 * future is cancelled and the task fails with {@code G_IO_ERROR_CANCELLED}.
 *
 * <p>The task fails with the {@code GError} of a {@link GErrorException}; with {@code G_IO_ERROR_CANCELLED} if the future was
 * cancelled; with the matching code of {@code G_IO_ERROR} for what is common in I/O (a timeout, a refused connection, an
 * unknown host, a missing file, a closed channel, …); otherwise with {@code G_IO_ERROR_FAILED}. The message is the
 * exception's.
 *
 * <p>The value of the future belongs to the task. If nobody takes it any more it is released, as by {@link GioFinish#release}.
 */
public final class GioTasks {
    private GioTasks() {}

    /**
     * Makes a task of a future. From any thread.
     *
     * @param loop where the callback is called
     * @param caller whom to answer
     * @param value as what to return the future's value
     * @param future the answer to come
     * @param <T> the type of the value
     * @throws IllegalArgumentException if the loop is no GLib loop
     * @throws java.util.concurrent.RejectedExecutionException if the loop has ended; there is nobody to call back then
     */
    public static <T> void answer(
            EventLoop loop, GioTaskCaller caller, GioTaskValue<T> value, Future<? extends T> future) {
        new GioTask(loop, caller, value, TaskFuture.of(future)).start();
    }

    /**
     * Makes a task of a stage. From any thread. To cancel it is to cancel the stage's
     * {@link CompletionStage#toCompletableFuture()}.
     *
     * @param loop where the callback is called
     * @param caller whom to answer
     * @param value as what to return the stage's value
     * @param stage the answer to come
     * @param <T> the type of the value
     * @throws IllegalArgumentException if the loop is no GLib loop
     * @throws java.util.concurrent.RejectedExecutionException if the loop has ended; there is nobody to call back then
     */
    public static <T> void answer(
            EventLoop loop, GioTaskCaller caller, GioTaskValue<T> value, CompletionStage<? extends T> stage) {
        new GioTask(loop, caller, value, TaskFuture.of(stage)).start();
    }

    /**
     * Takes the value of a task, in the callback or later. Once for each task, and only if nothing else has taken it, such as C
     * code by {@code g_task_propagate_pointer}.
     *
     * @param result that the callback was given
     * @param value as in the call of {@code answer}
     * @param <T> the type of the value
     * @return the future's value; null if it is, and for {@link GioTaskValue#NOTHING}
     * @throws GErrorException if the future has failed or was cancelled, or the caller's cancellable was
     * @throws IllegalArgumentException if the result is not one of {@code answer} with that value
     * @throws IllegalStateException if the task was finished before
     */
    @SuppressWarnings("NullAway") // null only if the future of the caller's own could be
    public static <T> T finish(AsyncResult result, GioTaskValue<T> value) throws GErrorException {
        ObjectUtil.checkNotNull(value, "value");
        long address = ObjectUtil.checkNotNull(result, "result").handle().address();
        try {
            if (TaskData.get(address) instanceof GioTask task) {
                return task.finish(address, value);
            }
            throw new IllegalArgumentException("this AsyncResult is no task of GioTasks");
        } finally {
            Reference.reachabilityFence(result);
        }
    }
}
