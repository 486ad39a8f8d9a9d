package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.RejectedExecutionException;
import org.gnome.gio.FileProgressCallback;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.StubPool;

/**
 * Passes on how far an operation is. GIO tells it inside the loop's context or, while no thread owns that, on a thread of its
 * own.
 */
final class Progress implements FileProgressCallback {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Progress.class);

    private final EventLoop loop;
    private final GioProgressListener listener;
    private @Nullable Future<?> future;
    private StubPool.@Nullable Stub stub;

    Progress(EventLoop loop, GioProgressListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    @Override
    public void run(long current, long total, @Nullable MemorySegment data) {
        try {
            loop.execute(() -> tell(current, total));
        } catch (RejectedExecutionException e) {
            logger.debug("The loop has ended, nobody is told of the progress any more.", e);
        }
    }

    private void tell(long current, long total) {
        if (future == null || future.isDone()) {
            return;
        }
        try {
            listener.progressed(current, total);
        } catch (Throwable t) {
            logger.warn("{} failed to take note of a progress.", listener, t);
        }
    }

    /** Instead of java-gi's function pointer, which is never freed. */
    @Override
    public MemorySegment toCallback(Arena arena) {
        if (stub != null) {
            throw new IllegalStateException("this FileProgressCallback was handed to an operation already");
        }
        stub = StubPool.take((current, total, data) -> run(current, total, null));
        if (stub == null) {
            throw new IllegalStateException("too many operations are under way in this process");
        }
        return stub.pointer();
    }

    /** Whose progress it is. Once, before anything else: nobody is told of it when the future is done. */
    void follow(Future<?> future) {
        this.future = future;
    }

    /** GIO has made its last call. */
    void end() {
        if (stub != null) {
            stub.giveBack();
            stub = null;
        }
    }
}
