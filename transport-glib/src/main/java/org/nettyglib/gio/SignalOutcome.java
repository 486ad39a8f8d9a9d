package org.nettyglib.gio;

import java.util.concurrent.CountDownLatch;

/** What became of one signal at all its listeners. */
final class SignalOutcome {
    private final CountDownLatch listeners;
    private volatile boolean consumed;

    SignalOutcome(int listeners) {
        this.listeners = new CountDownLatch(listeners);
    }

    /** One of the listeners is done. */
    void settle(boolean byConsuming) {
        if (byConsuming) {
            consumed = true;
        }
        listeners.countDown();
    }

    /** Waits for all listeners. Returns whether one of them takes care of the signal. */
    boolean awaitConsumed() {
        while (true) {
            try {
                listeners.await();
                return consumed;
            } catch (InterruptedException ignored) {
                // Nobody has a reason to: the thread is one that the JVM made for this signal.
            }
        }
    }
}
