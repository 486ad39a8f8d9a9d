package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a loop has instead of a thread: the {@link Owner} of the context it is attached to, and a way to end. Netty hands
 * the life of a loop to an executor; here it is kept until the loop ends, and only its last part is run then.
 */
final class Attachment implements Executor {
    /** An eighth of the time between two pictures of a usual screen: none of them comes late, also on a busy machine. */
    static final long DEFAULT_BUDGET_MILLIS = 2;

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Attachment.class);

    private final Owner owner;
    private final Promise<@Nullable Void> termination = new Termination();
    private @Nullable GLibEventLoop loop;
    private @Nullable GracefulShutdown shutdown;
    private volatile @Nullable Runnable life;
    private volatile boolean handedOver;
    private @Nullable IllegalStateException refusal;

    Attachment(Owner owner) {
        this.owner = owner;
    }

    /** The budget where none was set. */
    static Duration defaultBudget() {
        return Duration.ofMillis(DEFAULT_BUDGET_MILLIS);
    }

    /** Once, before anything else. */
    void bind(GLibEventLoop loop, Future<?> ended) {
        this.loop = loop;
        shutdown = new GracefulShutdown(loop, this);
        ended.addListener(end -> {
            if (end.isSuccess()) {
                termination.trySuccess(null);
            } else {
                termination.tryFailure(end.cause());
            }
        });
    }

    private GLibEventLoop loop() {
        return Objects.requireNonNull(loop, "not bound");
    }

    Owner owner() {
        return owner;
    }

    GracefulShutdown shutdown() {
        return Objects.requireNonNull(shutdown, "not bound");
    }

    /** Completed when the loop has ended; failed also when it could not be ended in time. */
    Future<?> termination() {
        return termination;
    }

    @Override
    public void execute(Runnable life) {
        this.life = life;
        handedOver = true;
    }

    /** The loop has begun to shut down. On the thread that said so. */
    void shuttingDown() {
        // The main loop of this very thread has ended: nobody would come by to do it.
        if (owner.isOutside()) {
            dispatchIfFree(() -> shutdown().step(Long.MAX_VALUE));
        }
        new AbandonedContext(this, loop().metrics(), termination, shutdown().timeoutNanos())
                .lookAfter(shutdown().quietNanos());
    }

    /** Ends the loop, which is shutting down, whatever is left to do. In a dispatch; nothing happens the second time. */
    void endNow() {
        // While handlers can still hand in tasks.
        loop().handler().prepareToDestroy();
        Runnable last = life;
        life = null;
        if (last != null) {
            last.run();
            owner.end();
        }
    }

    /**
     * Whether the loop can be ended: Netty says that it is shutting down a moment before it hands the loop's life over.
     */
    boolean canEnd() {
        return handedOver;
    }

    /** Whether the very last part has begun, in which a handler may still run a nested main loop. */
    boolean isEnding() {
        return handedOver && life == null;
    }

    /** Does something as the loop would, unless somebody owns the context. */
    boolean dispatchIfFree(Runnable turn) {
        return owner.runIfFree(() -> loop().handler().dispatch(turn));
    }

    boolean isTerminated() {
        return loop().isTerminated();
    }

    /**
     * The calling thread iterates the context, but another was said to do that: the loop ends. The channels are told on
     * this thread, which owns the context.
     */
    void refuseThread() {
        String named = Objects.requireNonNull(owner.named(), "any thread may").getName();
        refusal = new IllegalStateException("This event loop is attached to a main context that thread " + named
                + " was said to own, but thread " + Thread.currentThread().getName()
                + " iterates it: name the thread that runs the main loop, or none, in GLibLoopOptions.owner");
        logger.error("An attached event loop ends.", refusal);
        owner.takeOver();
        for (Channel channel : loop().handler().channels()) {
            channel.pipeline().fireExceptionCaught(refusal);
        }
        loop().shutdownAtOnce();
        endNow();
    }

    void rethrowRefusal() {
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Not to be waited for by the thread that has to bring it about. */
    private final class Termination extends DefaultPromise<@Nullable Void> {
        Termination() {
            super(GlobalEventExecutor.INSTANCE);
        }

        @Override
        protected void checkDeadLock() {
            if (loop != null && loop.inEventLoop() && !owner.isOutside()) {
                throw new BlockingOperationException(
                        "This thread iterates the main context that the event loop is attached"
                                + " to: the loop would never end while it waits. Add a listener instead.");
            }
            super.checkDeadLock();
        }
    }
}
