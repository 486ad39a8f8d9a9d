package org.nettyglib.gio;

/** Is told of signals, on the thread of the loop that it was registered with. */
@FunctionalInterface
public interface UnixSignalListener {
    /**
     * The signal has come. The kernel does not count: of several that come at once, one may be told.
     *
     * @param event which it is, and a way to say that the JVM shall not end for it
     * @throws Exception is logged; the event is then as good as told to nobody
     */
    void signalled(UnixSignalEvent event) throws Exception;
}
