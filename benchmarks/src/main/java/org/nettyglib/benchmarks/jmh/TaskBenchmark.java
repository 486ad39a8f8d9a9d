package org.nettyglib.benchmarks.jmh;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.nettyglib.benchmarks.server.Transport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Tasks and timers of a loop that runs on its own thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class TaskBenchmark {

    /** Tasks in a chain: enough to make the hand-over that starts it not count. */
    private static final int CHAIN = 10_000;

    @Param({"epoll", "nio", "glib-epoll-set", "glib-source-per-fd"})
    public String transport;

    private EventLoopGroup group;
    private EventLoop loop;

    private final Chain executed = new Chain(EventLoop::execute);

    @SuppressWarnings("FutureReturnValueIgnored") // the chain itself says when it has run
    private final Chain scheduled = new Chain((loop, task) -> loop.schedule(task, 0, TimeUnit.NANOSECONDS));

    private final Chain cancelled = new Chain((loop, task) -> {
        loop.schedule(TaskBenchmark::nothing, 1, TimeUnit.HOURS).cancel(false);
        loop.execute(task);
    });

    @Setup
    public void start() {
        group = Transport.byId(transport).newGroup();
        loop = group.next();
    }

    @TearDown
    public void stop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static void nothing() {}

    /** From another thread, to a loop that sleeps, and until the task has run. */
    @Benchmark
    public void executeFromAnotherThread() {
        executed.run(loop, 1);
    }

    /** From a task to the next one. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public void executeFromLoop() {
        executed.run(loop, CHAIN);
    }

    /** From a timer's task to the next timer, which is due at once. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public void scheduleFromLoop() {
        scheduled.run(loop, CHAIN);
    }

    /** A timeout that never comes: scheduled and cancelled, with the task that does both. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public void scheduleAndCancelFromLoop() {
        cancelled.run(loop, CHAIN);
    }

    /** Hands itself over again until it has run so many times. One object, so that only the loop allocates. */
    private static final class Chain implements Runnable {

        private final BiConsumer<EventLoop, Runnable> handOver;
        private EventLoop loop;
        private int left;

        /** Written last by the loop's thread, read first by the caller: what either wrote before is seen by the other. */
        private volatile boolean done;

        Chain(BiConsumer<EventLoop, Runnable> handOver) {
            this.handOver = handOver;
        }

        /** Waits by spinning: to park would add the kernel's wake-up of this thread to that of the loop. */
        void run(EventLoop target, int times) {
            loop = target;
            left = times;
            done = false;
            target.execute(this);
            while (!done) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void run() {
            if (--left > 0) {
                handOver.accept(loop, this);
            } else {
                done = true;
            }
        }
    }
}
