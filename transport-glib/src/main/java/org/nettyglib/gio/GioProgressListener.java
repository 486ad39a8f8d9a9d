package org.nettyglib.gio;

/** Is told how far an operation is. */
@FunctionalInterface
public interface GioProgressListener {
    /**
     * The operation has come so far. Called on the thread of the event loop, in order, and not after the future is done.
     *
     * @param current what is done, in the operation's own unit, for files bytes
     * @param total what is to be done, in the same unit; 0 if it is not known
     */
    void progressed(long current, long total);
}
