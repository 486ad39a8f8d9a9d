package org.nettyglib.benchmarks.process;

/** The server did not get on within the time it had: known of some C peers, a failure of all others. */
public final class ServerStalledException extends Exception {
    private static final long serialVersionUID = 1;

    ServerStalledException(String message) {
        super(message);
    }
}
