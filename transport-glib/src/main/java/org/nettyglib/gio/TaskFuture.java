package org.nettyglib.gio;

import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a task waits for: Java has two kinds. From any thread. */
sealed interface TaskFuture {
    /** Tells the value or the failure, once, on any thread. */
    void whenDone(BiConsumer<@Nullable Object, @Nullable Throwable> listener);

    void cancel();

    static TaskFuture of(Future<?> future) {
        return new Nettys(ObjectUtil.checkNotNull(future, "future"));
    }

    static TaskFuture of(CompletionStage<?> stage) {
        return new Stage(ObjectUtil.checkNotNull(stage, "stage"));
    }

    /** A future of Netty's. */
    record Nettys(Future<?> future) implements TaskFuture {
        @Override
        public void whenDone(BiConsumer<@Nullable Object, @Nullable Throwable> listener) {
            future.addListener(done -> listener.accept(done.isSuccess() ? done.getNow() : null, done.cause()));
        }

        @Override
        public void cancel() {
            future.cancel(false);
        }
    }

    /** A stage of the JDK's. */
    record Stage(CompletionStage<?> stage) implements TaskFuture {
        @Override
        public void whenDone(BiConsumer<@Nullable Object, @Nullable Throwable> listener) {
            stage.whenComplete(listener::accept);
        }

        @Override
        public void cancel() {
            stage.toCompletableFuture().cancel(false);
        }
    }
}
