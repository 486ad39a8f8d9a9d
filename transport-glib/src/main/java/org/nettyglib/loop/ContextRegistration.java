package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;

/** The registration of a handle with callbacks of its own, for which the end of the loop waits. */
final class ContextRegistration extends LoopRegistration {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(ContextRegistration.class);

    private final GLibContextHandle handle;
    private final GLibLoopContext context;
    private final boolean isChannel;
    private boolean closing;

    ContextRegistration(GLibIoHandler handler, GLibContextHandle handle) {
        super(handler);
        this.handle = handle;
        isChannel = handle.channel() != null;
        context = new GLibLoopContext(handler, this);
    }

    @Override
    @Nullable Channel channel() {
        return handle.channel();
    }

    /** A {@link GLibLoopContext}. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // declared by Netty
    @Override
    public <T> T attachment() {
        return (T) context;
    }

    @Override
    public long submit(IoOps ops) {
        throw new UnsupportedOperationException("a handle without a descriptor has nothing to wait for");
    }

    @Override
    public String toString() {
        return "the registration of " + handle;
    }

    @Override
    boolean isChannel() {
        return isChannel;
    }

    @Override
    boolean isWaitedFor() {
        return true;
    }

    @Override
    void end() {
        handle.unregistered();
    }

    /** Only asks: the handle cancels the registration when it is done. */
    @Override
    void closeHandle() {
        if (closing) {
            return;
        }
        closing = true;
        try {
            handle.close();
        } catch (Throwable t) {
            logger.warn("{} failed to close.", handle, t);
        }
    }
}
