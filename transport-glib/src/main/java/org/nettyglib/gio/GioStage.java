package org.nettyglib.gio;

import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Netty future as a {@link java.util.concurrent.CompletionStage}, cancellable both ways. */
final class GioStage<T extends @Nullable Object> extends CompletableFuture<T> {
    private final Future<T> future;

    GioStage(Future<T> future) {
        this.future = future;
        future.addListener((Future<T> done) -> {
            if (done.isSuccess()) {
                complete(done.getNow());
            } else if (done.isCancelled()) {
                super.cancel(false);
            } else {
                completeExceptionally(done.cause());
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        future.cancel(mayInterruptIfRunning);
        return cancelled;
    }

    /** What depends on this one is not connected to the operation: to cancel it leaves the operation alone. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
