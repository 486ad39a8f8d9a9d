package org.nettyglib.benchmarks.gio;

import io.netty.channel.EventLoop;
import org.nettyglib.gio.GioFutures;

/**
 * A method of java-gi as a Netty future.
 *
 * @param <T> the result
 */
record FutureCall<T>(EventLoop loop, JavaGiCall<T> call) implements Operation {

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the listener sees it
    public void begin(int slot, Flight flight) {
        GioFutures.start(loop, call::begin, call::finish).addListener(flight.orFail(result -> {
            call.check(result);
            flight.ended(slot);
        }));
    }
}
