package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.List;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.LoadProcess;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.server.UdpServer;

/** The echo on UDP. */
record UdpService(Toolbox tools) implements Service<UdpPoint> {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public Class<?> nettyMain() {
        return UdpServer.class;
    }

    @Override
    public List<String> serverArguments(UdpPoint point) {
        return List.of(point.batched() ? UdpServer.BATCHED : UdpServer.ONE_BY_ONE);
    }

    @Override
    public UdpPoint warmUpPoint(UdpPoint point) {
        return new UdpPoint(point.batched(), 64, 128);
    }

    @Override
    public Load open(ServerProcess server, UdpPoint point) throws ServerStalledException {
        List<String> arguments =
                List.of("--bytes", Integer.toString(point.bytes()), "--under-way", Integer.toString(point.underWay()));
        return LoadProcess.open("udp-load", arguments, server, OPEN_TIMEOUT, tools);
    }
}
