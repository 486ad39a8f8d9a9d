package org.nettyglib.benchmarks;

import java.util.List;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;

/**
 * What servers do and what loads them.
 *
 * @param <P> a point: what a server has to bear
 */
interface Service<P> {

    /** The program of the servers on the JVM. */
    Class<?> nettyMain();

    /** What servers are told beside their transport. Points with the same arguments share servers. */
    List<String> serverArguments(P point);

    /** What a JVM that is to serve this point gets warm with. */
    P warmUpPoint(P point);

    /**
     * Connects a load.
     *
     * @throws ServerStalledException if the server takes too long
     */
    Load open(ServerProcess server, P point) throws ServerStalledException;
}
