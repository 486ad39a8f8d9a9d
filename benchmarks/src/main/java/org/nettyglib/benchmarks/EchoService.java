package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.List;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.LoadProcess;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.server.EchoServer;

/**
 * The echo on streams.
 *
 * @param where what the servers are told to listen on
 * @param openTimeout how long opening the connections may take
 */
record EchoService(Toolbox tools, String where, Duration openTimeout) implements Service<EchoPoint> {

    private static final EchoPoint WARM_UP = new EchoPoint(32, 0);

    @Override
    public Class<?> nettyMain() {
        return EchoServer.class;
    }

    @Override
    public List<String> serverArguments(EchoPoint point) {
        return List.of(where);
    }

    @Override
    public EchoPoint warmUpPoint(EchoPoint point) {
        return WARM_UP;
    }

    @Override
    public Load open(ServerProcess server, EchoPoint point) throws ServerStalledException {
        List<String> arguments =
                List.of("--busy", Integer.toString(point.busy()), "--idle", Integer.toString(point.idle()));
        return LoadProcess.open("echo-load", arguments, server, openTimeout, tools);
    }
}
