package org.nettyglib.gio;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** A listener of one signal, and its loop. */
final class SignalRegistration implements UnixSignalRegistration {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SignalRegistration.class);

    private final SignalRoute route;
    private final EventExecutor loop;
    private final UnixSignalListener listener;
    private final Runnable afterClose;

    /** What the loop has still to tell. */
    private final Set<SignalDelivery> pending = ConcurrentHashMap.newKeySet();

    private final GenericFutureListener<Future<Object>> loopEnded = end -> loopEnded();

    private volatile boolean open = true;

    /** @param afterClose runs on any thread, at least once */
    SignalRegistration(SignalRoute route, EventExecutor loop, UnixSignalListener listener, Runnable afterClose) {
        this.route = route;
        this.loop = loop;
        this.listener = listener;
        this.afterClose = afterClose;
    }

    /** Begins to listen. */
    void start() {
        if (loop.isShuttingDown()) {
            throw new RejectedExecutionException("the loop ends or has ended: " + loop);
        }
        route.add(this);
        termination().addListener(loopEnded);
    }

    @SuppressWarnings("unchecked")
    private Future<Object> termination() {
        return (Future<Object>) loop.terminationFuture();
    }

    private void loopEnded() {
        // An executor that never ends, such as GlobalEventExecutor, has a future that failed from the start.
        if (loop.isShuttingDown()) {
            close();
        }
    }

    @Override
    public UnixSignal signal() {
        return route.signal();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Hands a signal over to the loop. From any thread. */
    void tell(SignalOutcome outcome) {
        SignalDelivery delivery = new SignalDelivery(this, outcome);
        pending.add(delivery);
        try {
            loop.execute(delivery);
        } catch (RuntimeException | Error e) {
            logger.warn("A listener of {} is not told: its loop takes no task.", signal(), e);
            delivery.drop();
        }
        // Whoever closed this before the delivery was among the pending ones has not seen it.
        if (!open) {
            delivery.drop();
        }
    }

    /** Calls the listener, on the loop's thread. Returns whether it takes care of the signal. */
    boolean call() {
        UnixSignalEvent event = new UnixSignalEvent(signal());
        try {
            listener.signalled(event);
            return event.isConsumed();
        } catch (Throwable t) {
            logger.warn("A listener of {} failed.", signal(), t);
            return false;
        }
    }

    void settled(SignalDelivery delivery) {
        pending.remove(delivery);
    }

    @Override
    public void close() {
        open = false;
        route.remove(this);
        termination().removeListener(loopEnded);
        pending.forEach(SignalDelivery::drop);
        afterClose.run();
    }
}
