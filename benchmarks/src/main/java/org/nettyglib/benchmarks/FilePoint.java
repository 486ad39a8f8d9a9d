package org.nettyglib.benchmarks;

/**
 * How a file is sent.
 *
 * @param over the kind of connection
 */
public record FilePoint(Connection over) {

    /** A kind of connection. */
    public enum Connection {
        TCP("over TCP"),
        UNIX("over a Unix socket");

        private final String title;

        Connection(String title) {
            this.title = title;
        }
    }

    @Override
    public String toString() {
        return over.title;
    }
}
