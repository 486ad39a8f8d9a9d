package org.nettyglib.benchmarks.gio;

/** Whose thread iterates the main loop. */
interface Host extends AutoCloseable {

    /** Does operations as planned, and returns the answer to the command. */
    String run(Operation operation, Flight.Plan plan) throws Exception;

    @Override
    void close() throws Exception;
}
