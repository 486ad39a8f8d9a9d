package org.nettyglib.gio;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;

/** The next signal of a kind. */
final class SignalPromise extends DefaultPromise<UnixSignal> {
    private final SignalRegistration registration;

    SignalPromise(SignalRoute route, EventExecutor loop) {
        super(loop);
        // The end of the loop cancels, too.
        registration = new SignalRegistration(route, loop, this::signalled, () -> super.cancel(false));
    }

    void start() {
        registration.start();
    }

    private void signalled(UnixSignalEvent event) {
        if (trySuccess(event.signal())) {
            event.consume();
        }
        registration.close();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        registration.close();
        return cancelled;
    }
}
