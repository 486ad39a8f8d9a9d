package org.nettyglib.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.SystemCallTrace;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.MarkdownTable;
import org.nettyglib.benchmarks.server.BenchServer;
import org.nettyglib.benchmarks.server.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "idle",
        description = {
            "System calls of an idle loop with 100 open connections, seen by strace. There must be none.",
            "Only the loop's thread counts; the JVM's own threads have timers of theirs."
        })
final class IdleCommand implements Callable<Integer> {

    private static final int IDLE = 100;
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final int SHOWN = 10;

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--quick", description = "Watch for 2 s.")
    private boolean quick;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "ID",
            converter = Converters.Server.class,
            description = "epoll, nio, glib-epoll-set, glib-source-per-fd (default: the last two).")
    private List<Contender> servers = List.of(Contender.GLIB_EPOLL_SET, Contender.GLIB_SOURCE_PER_FD);

    /**
     * What the loop's thread did.
     *
     * @param whileIdle calls while nothing happened: the fewer, the better
     * @param control calls in a moment of load afterwards, which show that the trace was at the right thread
     */
    private record Calls(List<String> whileIdle, List<String> control) {}

    @Override
    public Integer call() {
        Duration watch = Duration.ofSeconds(quick ? 2 : 5);
        MarkdownTable table = new MarkdownTable(List.of(
                "System calls of the loop's thread, " + IDLE + " connections",
                watch.toSeconds() + " s idle",
                "0.1 s of load after that"));
        boolean silent = true;
        for (Contender contender : servers) {
            Calls calls = watch(contender, watch, setting.toolbox());
            table.row(List.of(
                    contender.title(),
                    Integer.toString(calls.whileIdle().size()),
                    Integer.toString(calls.control().size())));
            calls.whileIdle().stream().limit(SHOWN).forEach(Output::progress);
            silent &= calls.whileIdle().isEmpty();
        }
        output.write(table.toString());
        if (!silent) {
            throw new BenchmarkException("an idle loop made system calls");
        }
        return 0;
    }

    private static Calls watch(Contender contender, Duration watch, Toolbox tools) {
        Output.progress("watching " + contender.title());
        EchoService service = new EchoService(tools, BenchServer.TCP, OPEN);
        EchoPoint point = new EchoPoint(1, IDLE);
        try (ServerProcess server =
                        ServerProcess.start(contender, service.nettyMain(), service.serverArguments(point), tools);
                Load load = service.open(server, point)) {
            load.run(0, 1);
            long thread = server.threadId(Transport.LOOP_THREAD)
                    .orElseThrow(() -> new BenchmarkException(
                            contender.title() + " has no thread named " + Transport.LOOP_THREAD));
            try (SystemCallTrace trace = SystemCallTrace.attach(thread, tools)) {
                double from = now();
                sleep(watch);
                double to = now();
                load.run(0, 0.1);
                double end = now();
                trace.detach();
                Calls calls = new Calls(trace.callsBetween(from, to), trace.callsBetween(to, end));
                if (calls.control().isEmpty()) {
                    throw new BenchmarkException("strace saw no call of the loop's thread under load either");
                }
                return calls;
            }
        } catch (ServerStalledException e) {
            throw new BenchmarkException(contender.title() + " stalls: " + e.getMessage(), e);
        }
    }

    private static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
