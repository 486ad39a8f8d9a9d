package org.nettyglib.gio;

/** That a listener listens, until {@link #close()} or the end of its loop. All methods may be called from any thread. */
public sealed interface UnixSignalRegistration extends AutoCloseable permits SignalRegistration {
    /** {@return which signal the listener is told of} */
    UnixSignal signal();

    /** {@return whether the listener is told still} */
    boolean isOpen();

    /**
     * Ends this registration; nothing happens the second time. Called on the loop's thread, the listener is not told any
     * more, not even of a signal that has come already. With the last registration of a signal the JVM gets back the
     * handler that it had.
     */
    @Override
    void close();
}
