package org.nettyglib.benchmarks;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.report.Machine;
import org.nettyglib.benchmarks.report.MarkdownTable;
import org.nettyglib.benchmarks.server.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "timer",
        description = {
            "How late a timer runs on a loop that sleeps until it is due.",
            "One timer at a time, 1 to 3 ms ahead, on the loop of each transport in turn."
        })
final class TimerCommand implements Callable<Integer> {
    private static final int BATCH = 200;
    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int TIMEOUT_SECONDS = 60;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--quick", description = "1,000 timers on each loop instead of 5,000.")
    private boolean quick;

    /** The lateness of the timers of one loop, in nanoseconds. */
    private static final class Lateness {
        private final Transport transport;
        private final EventLoopGroup group;
        private final List<Long> nanos = new ArrayList<>();

        Lateness(Transport transport) {
            this.transport = transport;
            group = transport.newGroup();
        }

        void measure(int timers) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            group.next().execute(() -> next(group.next(), timers, done));
            try {
                done.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchmarkException("interrupted", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new BenchmarkException("a timer of " + transport.id() + " did not run", e);
            }
        }

        private void next(EventLoop loop, int left, CompletableFuture<Void> done) {
            if (left == 0) {
                done.complete(null);
                return;
            }
            long delay = ThreadLocalRandom.current().nextLong(MIN_DELAY_NANOS, MAX_DELAY_NANOS);
            long due = System.nanoTime() + delay;
            loop.schedule(
                    () -> {
                        nanos.add(System.nanoTime() - due);
                        next(loop, left - 1, done);
                    },
                    delay,
                    TimeUnit.NANOSECONDS);
        }

        List<String> row() {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            return List.of(
                    transport.id(),
                    micros(sorted[sorted.length / 2]),
                    micros(sorted[sorted.length * 99 / 100]),
                    micros(sorted[sorted.length - 1]));
        }

        private static String micros(long nanos) {
            return String.format(Locale.ROOT, "%,d", TimeUnit.NANOSECONDS.toMicros(nanos));
        }
    }

    @Override
    public Integer call() {
        Machine machine = Machine.look();
        List<Lateness> loops =
                Arrays.stream(Transport.values()).map(Lateness::new).toList();
        try {
            loops.forEach(loop -> loop.measure(BATCH));
            loops.forEach(loop -> loop.nanos.clear());
            for (int batch = 0; batch < (quick ? 5 : 25); batch++) {
                loops.forEach(loop -> loop.measure(BATCH));
            }
        } finally {
            loops.forEach(loop -> loop.group.shutdownGracefully(0, 1, TimeUnit.SECONDS));
        }
        MarkdownTable table = new MarkdownTable(List.of("µs after the deadline", "p50", "p99", "worst"));
        loops.forEach(loop -> table.row(loop.row()));
        output.write(machine.markdown() + table);
        return 0;
    }
}
