package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoRegistration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a handle has of its loop. It may be cancelled from any thread, once, and ends on the loop's. */
abstract sealed class LoopRegistration implements IoRegistration
        permits GLibIoRegistration, LocalRegistration, ContextRegistration {
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

    /** Closes the handle and ends the registration, as the loop ends; one that is waited for may take its time. */
    abstract void closeHandle();

    /** Whether the end of the loop waits until the handle has cancelled this. */
    boolean isWaitedFor() {
        return false;
    }

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
