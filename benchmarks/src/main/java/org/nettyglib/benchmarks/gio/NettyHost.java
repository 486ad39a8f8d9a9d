package org.nettyglib.benchmarks.gio;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.nettyglib.benchmarks.server.Transport;

/** An event loop of this transport with a thread of its own. */
final class NettyHost implements Host {

    private final EventLoopGroup group = Transport.GLIB_EPOLL_SET.newGroup();

    EventLoop loop() {
        return group.next();
    }

    @Override
    public String run(Operation operation, Flight.Plan plan) throws Exception {
        End end = new End();
        Flight flight = new Flight(operation, plan, end);
        loop().execute(flight::start);
        end.future.get();
        return flight.result();
    }

    @Override
    public void close() throws InterruptedException {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private static final class End implements Flight.Landing {
        private final CompletableFuture<Void> future = new CompletableFuture<>();

        @Override
        public void landed() {
            future.complete(null);
        }

        @Override
        public void failed(Throwable cause) {
            future.completeExceptionally(cause);
        }
    }
}
