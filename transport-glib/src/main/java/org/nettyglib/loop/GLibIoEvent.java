package org.nettyglib.loop;

import io.netty.channel.IoEvent;

/** Says what a descriptor is ready for. Immutable. */
public final class GLibIoEvent implements IoEvent {
    private final GLibIoOps ops;

    GLibIoEvent(GLibIoOps ops) {
        this.ops = ops;
    }

    /** {@return the conditions that hold, {@link GLibIoOps#ERR} and {@link GLibIoOps#HUP} among them} */
    public GLibIoOps ops() {
        return ops;
    }

    @Override
    public String toString() {
        return "GLibIoEvent[" + ops + ']';
    }
}
