package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoRegistration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a handle has of its loop. It may be cancelled from any thread, once, and ends on the loop's. */
abstract sealed class LoopRegistration implements IoRegistration permits GLibIoRegistration, LocalRegistration {
    private final GLibIoHandler handler;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    LoopRegistration(GLibIoHandler handler) {
        this.handler = handler;
    }

    final GLibIoHandler handler() {
        return handler;
    }

    /** The channel of the handle, or null if it has none that is known here. */
    abstract @Nullable Channel channel();

    /** Lets go of the handle and tells it. On the loop's thread. */
    abstract void end();

    /** Cancels the registration and closes its handle, as the loop ends. */
    abstract void closeHandle();

    @Override
    public final boolean isValid() {
        return !cancelled.get();
    }

    @Override
    public final boolean cancel() {
        if (!cancelled.compareAndSet(false, true)) {
            return false;
        }
        handler.runInLoop(() -> {
            handler.remove(this);
            end();
        });
        return true;
    }
}
