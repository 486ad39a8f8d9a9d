package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.List;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.LoadProcess;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.server.MediaServer;

/** One stream for every client. */
record MediaService(Toolbox tools) implements Service<MediaPoint> {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public Class<?> nettyMain() {
        return MediaServer.class;
    }

    @Override
    public List<String> serverArguments(MediaPoint point) {
        return List.of(point.source());
    }

    /** With few clients a low pace would make it last. */
    @Override
    public MediaPoint warmUpPoint(MediaPoint point) {
        return point.warmUp();
    }

    @Override
    public Load open(ServerProcess server, MediaPoint point) throws ServerStalledException {
        List<String> arguments = List.of(
                "--clients",
                Integer.toString(point.clients()),
                "--frame",
                Integer.toString(point.stream().frameBytes()),
                "--per-second",
                Integer.toString(point.framesPerSecond()));
        return LoadProcess.open("media-load", arguments, server, OPEN_TIMEOUT, tools);
    }
}
