package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.local.LocalIoHandle;
import org.jspecify.annotations.Nullable;

/**
 * The registration of an in-process channel, which has no descriptor: all of its events are tasks. It is here so that a
 * {@link io.netty.channel.local.LocalChannel} can share the loop with everything else.
 */
final class LocalRegistration extends LoopRegistration {
    private final LocalIoHandle handle;

    LocalRegistration(GLibIoHandler handler, LocalIoHandle handle) {
        super(handler);
        this.handle = handle;
    }

    @Override
    @Nullable Channel channel() {
        return null;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // declared by Netty
    @Override
    public <T> T attachment() {
        throw new UnsupportedOperationException("a local channel needs no native memory");
    }

    @Override
    public long submit(IoOps ops) {
        throw new UnsupportedOperationException("a local channel has nothing to wait for");
    }

    @Override
    void end() {
        handle.unregistered();
    }

    @Override
    void closeHandle() {
        handle.closeNow();
    }
}
