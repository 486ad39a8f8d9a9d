package org.nettyglib.gio;

/** One signal, as one listener is told of it. Good during that call, on its thread. */
public final class UnixSignalEvent {
    private final UnixSignal signal;
    private boolean consumed;

    UnixSignalEvent(UnixSignal signal) {
        this.signal = signal;
    }

    /** {@return which signal has come} */
    public UnixSignal signal() {
        return signal;
    }

    /**
     * The listener takes care of the signal: the JVM does not end for it. Without effect for {@link UnixSignal#USR1} and
     * {@link UnixSignal#USR2}, for which it never ends while somebody listens.
     */
    public void consume() {
        consumed = true;
    }

    boolean isConsumed() {
        return consumed;
    }
}
