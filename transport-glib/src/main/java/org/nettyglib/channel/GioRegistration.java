package org.nettyglib.channel;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import org.nettyglib.loop.GLibIoOps;

/** What a channel on a stream of GIO has of its loop: interest in its directions becomes sources or reads. */
record GioRegistration(GioEndpoint endpoint, LoopStay stay) implements IoRegistration {
    @SuppressWarnings("TypeParameterUnusedInFormals") // declared by Netty
    @Override
    public <T> T attachment() {
        throw new UnsupportedOperationException("a stream of GIO gathers no writes");
    }

    @Override
    public long submit(IoOps ops) {
        if (!isValid()) {
            return -1;
        }
        GLibIoOps interest = (GLibIoOps) ops;
        endpoint.interest(interest, stay.priority());
        return interest.value();
    }

    @Override
    public boolean isValid() {
        return stay.isValid();
    }

    @Override
    public boolean cancel() {
        if (!isValid()) {
            return false;
        }
        endpoint.detach();
        stay.leave();
        return true;
    }
}
