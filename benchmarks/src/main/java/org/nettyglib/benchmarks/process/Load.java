package org.nettyglib.benchmarks.process;

/** What loads one server at one point, as often as it is asked to. */
public interface Load extends AutoCloseable {

    /**
     * Loads the server for a while.
     *
     * @param settle seconds before the window
     * @param seconds the length of the window
     * @throws ServerStalledException if nothing came back in the window, or not everything did after it
     */
    Sample run(double settle, double seconds) throws ServerStalledException;

    /** Lets go of the server. */
    @Override
    void close();

    /** Lets go of a server that stalls, which may not notice. */
    void kill();
}
