package org.nettyglib.benchmarks.jmh;

import io.netty.channel.ManualIoEventLoop;
import java.util.concurrent.TimeUnit;
import org.nettyglib.benchmarks.server.Transport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One iteration in which nothing is ready, driven by hand so that it can be counted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class IterationBenchmark {

    @Param({"epoll", "nio", "glib-epoll-set", "glib-source-per-fd"})
    public String transport;

    private ManualIoEventLoop loop;

    /** JMH sets up a state of scope thread on the thread that then runs the benchmark, so it may own the loop. */
    @Setup
    public void open() {
        loop = new ManualIoEventLoop(
                Thread.currentThread(), Transport.byId(transport).ioHandlerFactory());
    }

    @TearDown
    @SuppressWarnings("FutureReturnValueIgnored") // the loop below waits for it
    public void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }

    @Benchmark
    public int emptyIteration() {
        return loop.runNow();
    }
}
