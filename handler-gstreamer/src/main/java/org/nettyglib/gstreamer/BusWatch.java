package org.nettyglib.gstreamer;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.LibGstBus;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;
import org.nettyglib.loop.GLibIoHandle;
import org.nettyglib.loop.GLibIoOps;
import org.nettyglib.util.LoopNotifier;

/**
 * The bus of a pipeline in a loop: a descriptor that is readable while there are messages. On the loop's thread, except where it says
 * something else.
 */
final class BusWatch implements GLibIoHandle {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(BusWatch.class);

    /** As many per event: the loop's other handles have their turn between a flood of messages. */
    private static final int PER_EVENT = 64;

    /** Somebody who waits for what is there already takes more at once, but not for ever. */
    private static final int PER_DRAIN = 1024;

    private final IoEventLoop loop;
    private final long bus;
    private final Receiver receiver;
    private final FileDescriptor fd;
    private final Promise<Void> gone;
    private @Nullable IoRegistration registration;
    private volatile boolean stopped;

    /** Whoever the messages are for. */
    interface Receiver {
        /** @param message alive for the time of this call. */
        void receive(long message);

        /** There will be no more messages, because the loop ends or the descriptor cannot be watched. */
        void cannotReceive();
    }

    /** @param bus whose reference has to last until {@link #gone()} */
    BusWatch(IoEventLoop loop, long bus, Receiver receiver, LoopNotifier notifier) {
        this.loop = loop;
        this.bus = bus;
        this.receiver = receiver;
        fd = new FileDescriptor(LibGstBus.gst_bus_get_pollfd(bus));
        gone = notifier.newPromise();
    }

    void start() {
        if (stopped) {
            gone.trySuccess(null);
            return;
        }
        loop.register(this).addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                watch(registered.getNow());
            } else {
                cannotWatch(registered.cause());
                gone.trySuccess(null);
            }
        });
    }

    private void watch(IoRegistration registered) {
        registration = registered;
        if (stopped) {
            // Whoever stopped this did not find it.
            registered.cancel();
            return;
        }
        try {
            registered.submit(GLibIoOps.IN);
        } catch (RuntimeException e) {
            cannotWatch(e);
            registered.cancel();
        }
    }

    private void cannotWatch(Throwable cause) {
        logger.warn("The bus of a GStreamer pipeline cannot be watched; the pipeline is closed.", cause);
        receiver.cannotReceive();
    }

    /** No message is received from here on, and the descriptor leaves the loop. From any thread. */
    void stop() {
        stopped = true;
        if (loop.inEventLoop()) {
            cancel();
            return;
        }
        try {
            // A registration that was cancelled by another thread would be lost if the loop refused its part of it.
            loop.execute(this::cancel);
        } catch (RejectedExecutionException e) {
            logger.trace("The loop has ended, which cancels all registrations.", e);
        }
    }

    private void cancel() {
        if (registration != null) {
            registration.cancel();
        }
    }

    /** {@return done when the bus is not used here any more} From any thread. */
    Future<Void> gone() {
        return gone;
    }

    /** Receives what is there now. From any thread; on another one than the loop's it does nothing, because the loop has ended. */
    void drain() {
        if (loop.inEventLoop() && !gone.isDone()) {
            receive(PER_DRAIN);
        }
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public void handle(IoRegistration own, IoEvent event) {
        receive(PER_EVENT);
    }

    private void receive(int most) {
        for (int i = 0; i < most && !stopped; i++) {
            long message = LibGstBus.gst_bus_pop(bus);
            if (message == 0) {
                return;
            }
            try {
                receiver.receive(message);
            } catch (Throwable t) {
                logger.warn("A message of a GStreamer pipeline is lost.", t);
            } finally {
                LibGstMiniObject.gst_mini_object_unref(message);
            }
        }
    }

    /** The loop ends. */
    @Override
    public void close() {
        receiver.cannotReceive();
    }

    @Override
    public void unregistered() {
        gone.trySuccess(null);
    }
}
