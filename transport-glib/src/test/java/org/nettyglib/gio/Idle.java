package org.nettyglib.gio;

import org.nettyglib.channel.Await;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.StubPool;

/**
 * What C holds for operations while none of a test's own is under way; other tests leave behind what C never calls back.
 *
 * @param stubs function pointers in use
 * @param callbacks that are to come
 * @param signals handlers that are connected
 */
record Idle(int stubs, int callbacks, int signals) {
    static Idle now() {
        return new Idle(StubPool.used(), AsyncReady.pending(), CancelledSignal.connected());
    }

    /** Waits until there is no more than that again. */
    void await() throws InterruptedException {
        Await.until(() -> now().isWithin(this), () -> "like " + this + ", but it is " + now());
    }

    private boolean isWithin(Idle other) {
        return stubs <= other.stubs && callbacks <= other.callbacks && signals <= other.signals;
    }
}
