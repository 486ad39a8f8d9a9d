package org.nettyglib.benchmarks.jmh;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.nettyglib.benchmarks.server.EchoServer;
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

/**
 * One message of 64 bytes to an echo server in this process and back: here for the bytes that the whole way through loop,
 * channel and pipeline allocates. The time is that of two threads which wake each other; {@code script/bench echo} has better.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class RoundTripBenchmark {

    private static final int MESSAGE = 64;

    @Param({"epoll", "nio", "glib-epoll-set", "glib-source-per-fd"})
    public String transport;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
    private EventLoopGroup group;
    private SocketChannel client;

    @Setup
    public void connect() throws IOException, InterruptedException {
        group = Transport.byId(transport).newGroup();
        Channel server = EchoServer.bind(Transport.byId(transport), group);
        client = SocketChannel.open(server.localAddress());
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @TearDown
    public void close() throws IOException {
        client.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Benchmark
    public ByteBuffer echoRoundTrip() throws IOException {
        client.write(buffer.clear());
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
        return buffer;
    }
}
