package org.nettyglib.channel;

import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connect that is under way: it can be cancelled, time out, succeed, fail, or end with its channel. */
final class ConnectAttempt {
    private final AbstractStreamChannel channel;
    private final ChannelPromise promise;
    private final SocketAddress remote;
    private @Nullable Future<?> timeout;

    ConnectAttempt(AbstractStreamChannel channel, SocketAddress remote, ChannelPromise promise) {
        this.channel = channel;
        this.remote = remote;
        this.promise = promise;
    }

    SocketAddress remote() {
        return remote;
    }

    ChannelPromise promise() {
        return promise;
    }

    /** Starts the clock and listens for a cancellation. */
    void start(int timeoutMillis) {
        if (timeoutMillis > 0) {
            timeout = channel.eventLoop().schedule(() -> timedOut(timeoutMillis), timeoutMillis, TimeUnit.MILLISECONDS);
        }
        promise.addListener(this::completed);
    }

    private void timedOut(int millis) {
        if (!channel.eventLoop().inEventLoop()) {
            // It was moved to another loop meanwhile.
            channel.eventLoop().execute(() -> timedOut(millis));
            return;
        }
        if (promise.tryFailure(
                new ConnectTimeoutException("connection timed out after " + millis + " ms: " + remote))) {
            channel.unsafe().close(channel.unsafe().voidPromise());
        }
    }

    private void completed(Future<? super Void> future) {
        if (future.isCancelled()) {
            end();
            channel.connectCancelled();
            channel.unsafe().close(channel.unsafe().voidPromise());
        }
    }

    /** The outcome is known. */
    void end() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** The channel was closed. */
    void abort() {
        end();
        // Not setFailure: the user may cancel at the same time.
        promise.tryFailure(new ClosedChannelException());
    }
}
