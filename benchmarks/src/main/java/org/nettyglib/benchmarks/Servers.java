package org.nettyglib.benchmarks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.Toolbox;

/**
 * The running servers. Those on the JVM live through the whole benchmark, so that they get warm once; those that wait for
 * their turn use no CPU. A C peer needs no warmth and starts anew for each point: with 10,000 connections some take minutes
 * to close them.
 */
final class Servers implements AutoCloseable {

    private final Toolbox tools;
    private final Class<?> nettyMain;
    private final List<String> arguments;
    private final Map<Contender, ServerProcess> running = new EnumMap<>(Contender.class);

    Servers(Toolbox tools, Class<?> nettyMain, List<String> arguments) {
        this.tools = tools;
        this.nettyMain = nettyMain;
        this.arguments = arguments;
    }

    ServerProcess get(Contender contender) {
        return running.computeIfAbsent(contender, absent -> ServerProcess.start(absent, nettyMain, arguments, tools));
    }

    /** Ends a server at once; the next {@link #get} starts another. */
    void kill(Contender contender) {
        ServerProcess server = running.remove(contender);
        if (server != null) {
            server.kill();
        }
    }

    @Override
    public void close() {
        running.values().forEach(ServerProcess::close);
        running.clear();
    }
}
