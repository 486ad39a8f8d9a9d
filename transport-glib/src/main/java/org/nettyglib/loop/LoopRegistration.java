package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoRegistration;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a handle has of its loop. It may be cancelled from any thread, once, and ends on the loop's. */
abstract sealed class LoopRegistration implements IoRegistration
        permits GLibIoRegistration, LocalRegistration, ContextRegistration {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(LoopRegistration.class);

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

    /** Whether Netty is to count this as a channel. Always the same. */
    boolean isChannel() {
        return true;
    }

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
        handler.runInLoop(this::endNow);
        return true;
    }

    private void endNow() {
        handler.remove(this);
        try {
            end();
        } catch (Throwable t) {
            // Others are to be told, too, and the loop may be about to end.
            logger.warn("{} failed to end.", this, t);
        }
    }
}
