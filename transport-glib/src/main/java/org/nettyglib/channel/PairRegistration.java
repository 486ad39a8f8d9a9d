package org.nettyglib.channel;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;

/** The registrations of a channel with a descriptor for each direction, as one. A direction that is shut has none. */
record PairRegistration(
        @Nullable IoRegistration input, @Nullable IoRegistration output) implements IoRegistration {
    private IoRegistration any() {
        IoRegistration any = input != null ? input : output;
        if (any == null) {
            throw new IllegalStateException("both directions are shut");
        }
        return any;
    }

    @Override
    public <T> T attachment() {
        return any().attachment();
    }

    @Override
    public long submit(IoOps ops) {
        GLibIoOps glibOps = (GLibIoOps) ops;
        if (input != null) {
            // Nothing while nobody reads: a hang-up would be reported for ever.
            input.submit(glibOps.intersects(GLibIoOps.IN) ? glibOps.without(GLibIoOps.OUT) : GLibIoOps.NONE);
        }
        if (output != null) {
            // Errors at all times: so a reader that goes away is noticed by a writer that has nothing to write.
            output.submit(glibOps.intersects(GLibIoOps.OUT) ? GLibIoOps.OUT : GLibIoOps.ERR);
        }
        return isValid() ? glibOps.value() : -1;
    }

    @Override
    public boolean isValid() {
        return input != null && input.isValid() || output != null && output.isValid();
    }

    @Override
    public boolean cancel() {
        boolean cancelled = input != null && input.cancel();
        return output != null && output.cancel() || cancelled;
    }
}
