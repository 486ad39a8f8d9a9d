package org.nettyglib.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.process.UiProcess;
import org.nettyglib.benchmarks.process.VirtualDisplay;
import org.nettyglib.benchmarks.server.BenchServer;

/**
 * Floods an echo server beside a moving window. Each setting is a process that lives through the whole benchmark; in a round each has
 * its turn, and only then does its window move.
 */
final class UiRun implements AutoCloseable {

    /**
     * How to run.
     *
     * @param settings who takes part
     * @param attached the transport of those where Netty is attached
     * @param rounds how often each is measured
     * @param seconds the length of a measured window of time
     * @param settle seconds of load before that
     * @param warmUp for each new JVM
     */
    record Plan(
            List<UiSetting> settings, Contender attached, int rounds, double seconds, double settle, WarmUp warmUp) {}

    private static final EchoPoint FLOOD = new EchoPoint(100, 0);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A running setting; no load means that it is not to be flooded. */
    private record Running(UiProcess process, @Nullable Load load) {}

    private final Plan plan;
    private final Toolbox tools;
    private final VirtualDisplay display;
    private final Map<UiSetting, Running> running = new LinkedHashMap<>();

    UiRun(Plan plan, Toolbox tools) {
        this.plan = plan;
        this.tools = tools;
        this.display = VirtualDisplay.start(tools);
    }

    UiResults measure() {
        UiResults results = new UiResults(plan.settings());
        plan.settings().forEach(this::start);
        for (int round = 0; round < plan.rounds(); round++) {
            StringBuilder line = new StringBuilder("round " + (round + 1) + ":");
            for (UiSetting setting : Rounds.order(plan.settings(), round)) {
                UiRound measured = measure(setting);
                results.add(setting, measured);
                line.append(' ').append(measured.summary());
            }
            Output.progress(line.toString());
        }
        return results;
    }

    private void start(UiSetting setting) {
        Contender transport = setting.attached() ? plan.attached() : Contender.EPOLL;
        UiProcess process = UiProcess.start(setting.title(), transport, setting.arguments(), display, tools);
        running.put(setting, new Running(process, null));
        process.animate(true);
        try {
            if (setting.flooded()) {
                Load load = new EchoService(tools, BenchServer.TCP, OPEN_TIMEOUT).open(process.server(), FLOOD);
                running.put(setting, new Running(process, load));
                plan.warmUp()
                        .run(
                                setting.title(),
                                windowSeconds -> load.run(0, windowSeconds).cpuMicrosPerMessage());
            } else {
                pauseUntil(System.nanoTime() + nanos(plan.warmUp().atLeast()));
            }
            process.animate(false);
        } catch (ServerStalledException e) {
            throw failed(setting, e);
        }
    }

    private UiRound measure(UiSetting setting) {
        Running one = Optional.ofNullable(running.get(setting)).orElseThrow();
        one.process().animate(true);
        long from = System.nanoTime() + nanos(plan.settle());
        long to = from + nanos(plan.seconds());
        Sample flood = flood(setting, one, to);
        UiProcess.Frames frames = setting.hasWindow() ? one.process().frames(from, to) : null;
        one.process().animate(false);
        return new UiRound(plan.seconds(), frames, flood);
    }

    /** Returns after the window of time. */
    private @Nullable Sample flood(UiSetting setting, Running one, long to) {
        Load load = one.load();
        if (load == null) {
            pauseUntil(to);
            return null;
        }
        try {
            return load.run(plan.settle(), plan.seconds());
        } catch (ServerStalledException e) {
            throw failed(setting, e);
        }
    }

    private static void pauseUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }

    private static long nanos(double seconds) {
        return (long) (seconds * NANOS_PER_SECOND);
    }

    private static BenchmarkException failed(UiSetting setting, ServerStalledException how) {
        return new BenchmarkException(setting.title() + " stalls: " + how.getMessage(), how);
    }

    @Override
    public void close() {
        List<Running> all = new ArrayList<>(running.values());
        all.forEach(one -> Optional.ofNullable(one.load()).ifPresent(Load::close));
        all.forEach(one -> one.process().close());
        display.close();
    }
}
