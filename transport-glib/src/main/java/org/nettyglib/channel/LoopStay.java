package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibContextHandle;
import org.nettyglib.loop.GLibIoOps;
import org.nettyglib.loop.GLibLoopContext;

/**
 * The time that a stream of GIO spends on one loop: from its registration until it was moved or closed, and the last
 * callback of what was begun meanwhile has come. On the thread of that loop.
 */
final class LoopStay implements GLibContextHandle {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(LoopStay.class);

    /** How long the end of a loop may wait for the stream. */
    static final long MAX_END_MILLIS = 1000;

    private final GioEndpoint endpoint;
    private final IoEventLoop loop;
    private final AbstractGLibChannel.GLibUnsafe unsafe;
    private @Nullable IoRegistration registration;
    private @Nullable GLibLoopContext context;
    private @Nullable Future<?> alarm;
    private int underWay;
    private boolean left;
    private boolean loopEnds;
    private long endNanos;

    LoopStay(GioEndpoint endpoint, IoEventLoop loop, AbstractGLibChannel.GLibUnsafe unsafe) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.unsafe = unsafe;
    }

    void begin(IoRegistration registration) {
        this.registration = registration;
        context = registration.attachment();
    }

    private GLibLoopContext context() {
        if (context == null) {
            throw new IllegalStateException("not registered");
        }
        return context;
    }

    IoEventLoop loop() {
        return loop;
    }

    /** The address of the loop's context. */
    long contextAddress() {
        return context().address();
    }

    /** The priority that the channel has on this loop. */
    int priority() {
        return unsafe.priority(context().priority());
    }

    /** How long the loop, which is asked to end, waits for this stay. */
    long millisLeft() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
    }

    /** Whether the loop is asked to end. */
    boolean loopEnds() {
        return loopEnds;
    }

    /** Does something as the loop does it, inside a callback of GLib. */
    void run(Runnable turn) {
        context().run(turn);
    }

    /** Starts something whose callback has to come on this loop. */
    void start(Runnable begin) {
        if (context().isCurrent()) {
            begin.run();
        } else {
            run(begin);
        }
    }

    /** The channel may read or write. */
    void tell(GLibIoOps ready) {
        try {
            unsafe.handle(ready);
        } catch (Throwable t) {
            // It would be told of the same for ever.
            logger.warn("{} failed to handle {}; it is closed.", unsafe.channel(), ready, t);
            unsafe.close();
        }
    }

    /** A callback is to come. */
    void begun() {
        underWay++;
    }

    /** It has come. */
    void ended() {
        underWay--;
        endIfDone();
    }

    /** The channel is closed, or goes to another loop. */
    void leave() {
        left = true;
        endIfDone();
    }

    boolean isValid() {
        return !left && registration != null && registration.isValid();
    }

    private void endIfDone() {
        if (left && underWay == 0 && registration != null) {
            registration.cancel();
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    @Override
    public Channel channel() {
        return unsafe.channel();
    }

    @Override
    public void close() {
        loopEnds = true;
        endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_END_MILLIS);
        if (!left) {
            unsafe.close();
        }
        endpoint.hurry(this);
        // What was begun on another loop may never end, if that loop has ended before.
        alarm = GlobalEventExecutor.INSTANCE.schedule(this::letGo, MAX_END_MILLIS, TimeUnit.MILLISECONDS);
        endIfDone();
    }

    private void letGo() {
        try {
            loop.execute(() -> endpoint.letGo(this));
        } catch (RejectedExecutionException e) {
            logger.trace("The loop has not waited for its streams.", e);
        }
    }

    @Override
    public void unregistered() {
        if (underWay > 0) {
            // Its callbacks never come. What they were to use is left as it is, because C may use it still.
            logger.debug("The loop of {} has ended before {} of its operations.", unsafe.channel(), underWay);
            endpoint.abandon(this);
        }
    }

    @Override
    public String toString() {
        return unsafe.channel().toString();
    }
}
