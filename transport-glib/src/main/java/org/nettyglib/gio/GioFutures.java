package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ObjectUtil;
import org.gnome.gio.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * GIO's asynchronous calls as futures:
 *
 * <pre>{@code
 * GioFuture<FileInfo> info = GioFutures.start(loop,
 *         (cancellable, ready) -> file.queryInfoAsync("standard::size", flags, 0, cancellable, ready),
 *         file::queryInfoFinish);
 * }</pre>
 *
 * <p>The operation starts on the loop's thread with its context as the thread-default one, whichever thread calls. On that
 * thread it starts at once. {@link GioFinish#finish} is called for each operation that was started; a result that comes after
 * the future was cancelled is released.
 *
 * <p>A loop that shuts down cancels what is under way and waits for the callbacks, at most for the timeout of the shutdown.
 *
 * <p>About 65,000 operations of java-gi's can be under way in one process; further ones wait for their turn.
 */
public final class GioFutures {
    private GioFutures() {}

    /**
     * Starts an operation. From any thread.
     *
     * @param loop whose context the operation is in
     * @param begin calls the {@code …Async} method
     * @param finish calls the {@code …Finish} method
     * @param <T> the result
     * @return the result to come; failed with a {@link java.util.concurrent.RejectedExecutionException} if the loop shuts down
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public static <T extends @Nullable Object> GioFuture<T> start(EventLoop loop, GioBegin begin, GioFinish<T> finish) {
        ObjectUtil.checkNotNull(begin, "begin");
        return started(new ProxyOperation<>(loop, null, begin, null, finish));
    }

    /**
     * Starts an operation that is also cancelled by a cancellable of the caller's. The future is then cancelled at once; to cancel
     * the future leaves that cancellable alone, of which others may depend.
     *
     * @param loop whose context the operation is in
     * @param parent of the caller; may be cancelled on any thread
     * @param begin calls the {@code …Async} method
     * @param finish calls the {@code …Finish} method
     * @param <T> the result
     * @return the result to come; failed with a {@link java.util.concurrent.RejectedExecutionException} if the loop shuts down
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public static <T extends @Nullable Object> GioFuture<T> start(
            EventLoop loop, Cancellable parent, GioBegin begin, GioFinish<T> finish) {
        ObjectUtil.checkNotNull(parent, "parent");
        ObjectUtil.checkNotNull(begin, "begin");
        return started(new ProxyOperation<>(loop, parent, begin, null, finish));
    }

    /**
     * Starts an operation that tells how far it is.
     *
     * @param loop whose context the operation is in
     * @param begin calls the {@code …Async} method
     * @param finish calls the {@code …Finish} method
     * @param listener is told on the loop's thread
     * @param <T> the result
     * @return the result to come; failed with a {@link java.util.concurrent.RejectedExecutionException} if the loop shuts down
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public static <T extends @Nullable Object> GioFuture<T> startWithProgress(
            EventLoop loop, GioProgressiveBegin begin, GioFinish<T> finish, GioProgressListener listener) {
        ObjectUtil.checkNotNull(begin, "begin");
        Progress progress = new Progress(loop, ObjectUtil.checkNotNull(listener, "listener"));
        return started(new ProxyOperation<>(
                loop, null, (cancellable, ready) -> begin.begin(cancellable, progress, ready), progress, finish));
    }

    private static <T extends @Nullable Object> GioFuture<T> started(GioOperation<T> operation) {
        operation.start();
        return operation;
    }
}
