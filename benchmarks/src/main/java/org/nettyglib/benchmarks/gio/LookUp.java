package org.nettyglib.benchmarks.gio;

import io.netty.channel.EventLoop;
import org.nettyglib.gio.GioResolver;

/** Looks "localhost" up. GLib knows that name by itself, so no thread takes part. */
record LookUp(EventLoop loop) implements Operation {

    private static final String NAME = "localhost";

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the listener sees it
    public void begin(int slot, Flight flight) {
        GioResolver.INSTANCE.lookupByName(loop, NAME).addListener(flight.orFail(addresses -> {
            Operation.require(addresses.getFirst().isLoopbackAddress(), "the address of " + NAME);
            flight.ended(slot);
        }));
    }
}
