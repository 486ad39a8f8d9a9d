package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.util.internal.StringUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;
import org.nettyglib.poll.PollBits;
import org.nettyglib.poll.Watch;

/**
 * The registration of a descriptor. {@link #submit} may be called from any thread and acts on the loop's.
 *
 * <p>While the handle is being told of an event, a nested main loop may find it ready again. Only writability is passed
 * on then; the rest is masked until the outer call returns, so that the handle sees no read inside its read and the
 * nested loop does not spin.
 */
final class GLibIoRegistration extends LoopRegistration implements Watch.Listener {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GLibIoRegistration.class);
    private static final int ALL = -1;

    private final GLibIoHandle handle;
    private final Watch watch;

    private int interest;
    private int mask = ALL;
    private boolean handling;
    private boolean closed;

    GLibIoRegistration(GLibIoHandler handler, GLibIoHandle handle) {
        super(handler);
        this.handle = handle;
        watch = handler.watch(handle.fd().intValue(), this);
    }

    @Override
    @Nullable Channel channel() {
        return handle.channel();
    }

    /** The loop's {@link io.netty.channel.unix.IovArray}: to be emptied before use, good until other code can run. */
    @SuppressWarnings("unchecked")
    @Override
    public <T> T attachment() {
        return (T) handler().iovArray();
    }

    /**
     * Sets the conditions to be told of, at the priority that the handle has now.
     *
     * @return the bits of the conditions, or -1 if the registration was cancelled
     * @throws IllegalArgumentException if the ops are not {@link GLibIoOps}
     * @throws java.io.UncheckedIOException if the kernel refuses the descriptor (a plain file, for example), or has no
     *     descriptor left for a priority that no other handle has
     */
    @Override
    public long submit(IoOps ops) {
        if (!(ops instanceof GLibIoOps glibOps)) {
            throw new IllegalArgumentException(
                    "IoOps of type " + StringUtil.simpleClassName(ops) + " not supported: a GLib loop takes GLibIoOps");
        }
        if (!isValid()) {
            return -1;
        }
        if (handler().inLoop()) {
            apply(glibOps.value());
        } else {
            handler().runInLoop(() -> apply(glibOps.value()));
        }
        return glibOps.value();
    }

    private void apply(int events) {
        interest = events;
        if (!closed) {
            watch.interest(events & mask, handle.priority(handler().priority()));
        }
    }

    @Override
    void end() {
        closed = true;
        watch.close();
        handle.unregistered();
    }

    @Override
    void closeHandle() {
        try {
            cancel();
        } catch (Exception e) {
            logger.debug("Could not cancel the registration of {}", handle, e);
        }
        try {
            handle.close();
        } catch (Exception e) {
            logger.debug("Could not close {}", handle, e);
        }
    }

    @Override
    public void ready(int events) {
        if (handling) {
            readyAgain(events);
            return;
        }
        handling = true;
        try {
            tell(events);
        } finally {
            handling = false;
            if (mask != ALL) {
                mask(ALL);
            }
        }
    }

    private void readyAgain(int events) {
        // A hang-up is reported whatever the interest is: the descriptor has to leave GLib for a while.
        boolean hangUp = (events & (PollBits.ERR | PollBits.HUP)) != 0;
        if (hangUp || (events & ~PollBits.OUT) != 0) {
            mask(hangUp ? PollBits.NONE : PollBits.OUT);
        }
        if ((events & interest & PollBits.OUT) != 0) {
            tell(PollBits.OUT);
        }
    }

    private void mask(int bits) {
        mask = bits;
        try {
            apply(interest);
        } catch (RuntimeException e) {
            logger.warn("{} cannot be watched any more; it is closed.", handle, e);
            closeHandle();
        }
    }

    private void tell(int events) {
        handler().countHandled();
        try {
            handle.handle(this, GLibIoOps.eventOf(events));
        } catch (Throwable t) {
            // The handle did not take its event, and would be told of it for ever.
            logger.warn("{} failed to handle {}; it is closed.", handle, GLibIoOps.eventOf(events), t);
            closeHandle();
        }
    }
}
