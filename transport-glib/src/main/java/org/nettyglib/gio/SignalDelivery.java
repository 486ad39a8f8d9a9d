package org.nettyglib.gio;

import java.util.concurrent.atomic.AtomicBoolean;

/** One signal on its way to one listener: it is told or dropped, and the outcome gets to know of it once. */
final class SignalDelivery implements Runnable {
    private final SignalRegistration registration;
    private final SignalOutcome outcome;

    /** Set by who tells or drops it, whichever comes first. */
    private final AtomicBoolean taken = new AtomicBoolean();

    SignalDelivery(SignalRegistration registration, SignalOutcome outcome) {
        this.registration = registration;
        this.outcome = outcome;
    }

    @Override
    public void run() {
        if (taken.compareAndSet(false, true)) {
            settle(registration.call());
        }
    }

    /** The listener will not be told, unless it is just now. From any thread. */
    void drop() {
        if (taken.compareAndSet(false, true)) {
            settle(false);
        }
    }

    private void settle(boolean consumed) {
        registration.settled(this);
        outcome.settle(consumed);
    }
}
