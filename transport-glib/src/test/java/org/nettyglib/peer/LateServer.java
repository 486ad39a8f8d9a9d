package org.nettyglib.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.StreamKind;

/** A server in another process that does not say when it is ready: until then, the connect is refused. */
final class LateServer {
    private LateServer() {}

    /** A connection that may be closed half. */
    static Channel connect(ChannelFixture loops, StreamKind kind, SocketAddress address, Collector received)
            throws InterruptedException {
        AtomicReference<Channel> connected = new AtomicReference<>();
        Await.until(
                () -> {
                    ChannelFuture attempt = loops.client(kind, received)
                            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                            .connect(address)
                            .awaitUninterruptibly();
                    connected.set(attempt.channel());
                    return attempt.isSuccess();
                },
                () -> "somebody listens at " + address);
        return connected.get();
    }
}
