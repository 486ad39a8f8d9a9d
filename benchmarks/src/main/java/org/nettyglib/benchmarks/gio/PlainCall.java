package org.nettyglib.benchmarks.gio;

/**
 * A method of java-gi with a lambda for each call, as its users write it. No cancellable, as that would cost them another object.
 *
 * @param <T> the result
 */
record PlainCall<T>(JavaGiCall<T> call) implements Operation {

    @Override
    public void begin(int slot, Flight flight) {
        call.begin(null, (source, result, data) -> {
            try {
                call.check(call.finish(result));
            } catch (Exception e) {
                flight.failed(e);
                return;
            }
            flight.ended(slot);
        });
    }
}
