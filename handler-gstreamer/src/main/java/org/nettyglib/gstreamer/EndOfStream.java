package org.nettyglib.gstreamer;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;
import org.nettyglib.util.LoopNotifier;

/** The end of what a pipeline plays, until it plays anew. From any thread. */
final class EndOfStream {
    private final LoopNotifier notifier;

    /** Guarded by this. */
    private Promise<Void> promise;

    /** Guarded by this. */
    private boolean asked;

    /** Guarded by this. */
    private @Nullable Throwable closed;

    EndOfStream(LoopNotifier notifier) {
        this.notifier = notifier;
        promise = newPromise();
    }

    private Promise<Void> newPromise() {
        Promise<Void> shared = notifier.newPromise();
        // It is everybody's.
        shared.setUncancellable();
        return shared;
    }

    synchronized Future<Void> future() {
        asked = true;
        return promise;
    }

    private synchronized Promise<Void> promise() {
        return promise;
    }

    void reached() {
        promise().trySuccess(null);
    }

    /** {@return whether somebody is told, or was told of an error before} */
    boolean failed(GstException cause) {
        Promise<Void> current;
        boolean told;
        synchronized (this) {
            current = promise;
            told = asked;
        }
        return !current.tryFailure(cause) || told;
    }

    /** The pipeline is stopped: what it plays next has an end of its own. */
    synchronized void restart() {
        if (promise.isDone() && closed == null) {
            promise = newPromise();
            asked = false;
        }
    }

    void close(Throwable cause) {
        Promise<Void> current;
        synchronized (this) {
            closed = cause;
            current = promise;
        }
        current.tryFailure(cause);
    }
}
