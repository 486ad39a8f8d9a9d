package org.nettyglib.gstreamer;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibContextHandle;

/**
 * Keeps a loop that is shut down until its pipeline is closed, as long as the shutdown may take: who waits for the loop finds no
 * streaming thread left. On the loop's thread, except where it says something else.
 */
final class PipelineStay implements GLibContextHandle {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(PipelineStay.class);

    private final IoEventLoop loop;
    private final Runnable loopEnds;
    private @Nullable IoRegistration registration;
    private boolean left;

    PipelineStay(IoEventLoop loop, Runnable loopEnds) {
        this.loop = loop;
        this.loopEnds = loopEnds;
    }

    void start() {
        if (left) {
            return;
        }
        loop.register(this).addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                registration = registered.getNow();
                if (left) {
                    registration.cancel();
                }
            }
        });
    }

    /** The pipeline is closed. From any thread. */
    void leave() {
        try {
            loop.execute(() -> {
                left = true;
                if (registration != null) {
                    registration.cancel();
                }
            });
        } catch (RejectedExecutionException e) {
            logger.trace("The loop has ended, which cancels all registrations.", e);
        }
    }

    @Override
    public void close() {
        loopEnds.run();
    }
}
