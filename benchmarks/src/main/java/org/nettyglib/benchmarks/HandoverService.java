package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.List;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.LoadProcess;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.server.HandoverServer;

/** The hand-over to a user interface thread. */
record HandoverService(Toolbox tools) implements Service<HandoverPoint> {

    private static final HandoverPoint WARM_UP = new HandoverPoint(20_000);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public Class<?> nettyMain() {
        return HandoverServer.class;
    }

    @Override
    public List<String> serverArguments(HandoverPoint point) {
        return List.of();
    }

    @Override
    public HandoverPoint warmUpPoint(HandoverPoint point) {
        return WARM_UP;
    }

    @Override
    public Load open(ServerProcess server, HandoverPoint point) throws ServerStalledException {
        List<String> arguments = List.of("--per-second", Integer.toString(point.perSecond()));
        return LoadProcess.open("handover-load", arguments, server, OPEN_TIMEOUT, tools);
    }
}
