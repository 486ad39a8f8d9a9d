package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ConnectionPendingException;
import org.gnome.gio.IOStream;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.loop.GLibTransport;

/**
 * Bytes from and to any stream of GIO: a {@code GSocketConnection}, a {@code GTlsConnection}, a {@code GSimpleIOStream} over
 * the pipes of a process, the stream of a D-Bus peer, an open file, a stream that is implemented in Java. It is active once
 * it is registered:
 *
 * <pre>{@code
 * new Bootstrap().group(group).channelFactory(() -> new GLibIOStreamChannel(stream)).handler(handler).register()
 * }</pre>
 *
 * <p>It also connects by itself, as GIO does, to an {@link InetSocketAddress} or a {@link DomainSocketAddress}:
 *
 * <pre>{@code
 * new Bootstrap().group(group).channel(GLibIOStreamChannel.class).handler(handler).connect(address)
 * }</pre>
 *
 * <p>The channel holds a reference to its stream, and from its registration to its close it alone reads and writes there. A
 * direction that GIO can poll is waited for by its source, and moves bytes from and to Netty's buffers. Others are read by
 * {@code g_input_stream_read_async}, one buffer ahead and only while somebody reads, and written by
 * {@code g_output_stream_write_all_async}; a write succeeds there when the bytes are taken, and they are written and flushed
 * before the output is shut or the channel is closed. What fails later closes the channel.
 *
 * <p>Half-closure ({@link ChannelOption#ALLOW_HALF_CLOSURE}): a socket is shut for the direction. The output of a TLS
 * connection says so by {@code close_notify} first, its input is just not read any more. The directions of other streams
 * are closed, and the channel is when both are. The end of a stream is noticed by who reads: not while {@code autoRead} is
 * off.
 *
 * <p>{@link #close()} ends what is under way and closes the stream asynchronously, after the channel: what was taken has 30
 * seconds to be written, and then the stream five to be closed. A handshake of TLS that is under way is cut off at once. The
 * loop ends when its streams are closed, or when they had a second for both.
 *
 * <p>Errors are {@link IOException}s with the {@link org.javagi.base.GErrorException} as their cause: a
 * {@link java.net.SocketException} for a connection that is gone, a {@link java.net.ConnectException} for one that was
 * refused, a {@link javax.net.ssl.SSLException} for TLS. A {@link io.netty.channel.FileRegion} is copied.
 *
 * <p>The addresses are those of the socket, if there is one, and null otherwise. Options:
 * {@link ChannelOption#ALLOW_HALF_CLOSURE}, {@link ChannelOption#CONNECT_TIMEOUT_MILLIS} and {@link GLibChannelOption#PRIORITY};
 * those of a socket are GIO's to set.
 */
public final class GLibIOStreamChannel extends AbstractStreamChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final GioEndpoint endpoint;
    private final GioStream directions;
    private final StreamConfig config;
    private @Nullable ConnectAttempt connecting;
    private @Nullable GioConnect connect;

    /** A new channel that is not connected yet. */
    public GLibIOStreamChannel() {
        this(null, new GioEndpoint(), false);
    }

    /**
     * A channel on an open stream.
     *
     * @param stream what is read and written; the channel closes it
     * @throws IllegalArgumentException if it is closed, or has no direction at all
     */
    public GLibIOStreamChannel(IOStream stream) {
        this(null, stream);
    }

    /**
     * A channel on an open stream that another channel has accepted or made.
     *
     * @param parent what {@link #parent()} returns
     * @param stream what is read and written; the channel closes it
     * @throws IllegalArgumentException if it is closed, or has no direction at all
     */
    public GLibIOStreamChannel(@Nullable Channel parent, IOStream stream) {
        this(parent, GioEndpoint.of(stream), true);
    }

    private GLibIOStreamChannel(@Nullable Channel parent, GioEndpoint endpoint, boolean active) {
        this(parent, endpoint, new GioStream(endpoint), active);
    }

    private GLibIOStreamChannel(@Nullable Channel parent, GioEndpoint endpoint, GioStream directions, boolean active) {
        super(parent, endpoint, directions, active);
        this.endpoint = endpoint;
        this.directions = directions;
        config = StreamConfig.ofStream(this);
        if (active) {
            opened();
        }
    }

    /** There is a stream. */
    private void opened() {
        directions.opened();
        if (directions.isInputShut()) {
            endInput();
        }
        GioSocket socket = endpoint.socket();
        if (socket != null) {
            local(socket.localAddress());
            remote(socket.remoteAddress());
        }
    }

    @Override
    public DuplexChannelConfig config() {
        return config;
    }

    @Override
    StreamConfig settings() {
        return config;
    }

    @Override
    boolean nothingToRead() {
        return directions.isReadToTheEnd() ? super.nothingToRead() : isInputShutdown();
    }

    /** What lies in several places is put into one: TLS makes a record of each write. */
    @Override
    protected Object filterOutboundMessage(Object message) {
        if (isActive() && isOutputMissing()) {
            throw new UnsupportedOperationException("the stream cannot be written: it has no output");
        }
        Object filtered = super.filterOutboundMessage(message);
        return filtered instanceof ByteBuf buf && buf.nioBufferCount() > 1 ? DirectCopy.of(buf, alloc()) : filtered;
    }

    private boolean isOutputMissing() {
        return endpoint.output() == null;
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a stream of GIO has its address from connect(remote, local)");
    }

    @Override
    protected void doClose() {
        // Keeps the loop until the stream is closed.
        endpoint.startClosing();
        directions.closed();
        try {
            ConnectAttempt attempt = connecting;
            if (attempt != null) {
                connectCancelled();
                attempt.abort();
            }
        } finally {
            super.doClose();
        }
    }

    @Override
    void connectCancelled() {
        connecting = null;
        if (connect != null) {
            connect.cancel();
        }
    }

    @Override
    protected GLibUnsafe newUnsafe() {
        return new StreamOfGioUnsafe();
    }

    private final class StreamOfGioUnsafe extends StreamUnsafe {
        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            // The promise stays cancellable, as the connect is.
            if (promise.isDone() || !ensureOpen(promise)) {
                return;
            }
            try {
                if (connecting != null) {
                    throw new ConnectionPendingException();
                }
                if (isActive()) {
                    throw new AlreadyConnectedException();
                }
                requireResolved(from);
                requireResolved(to);
                GioConnect started = new GioConnect(endpoint, this::connectDone);
                started.start(to, from);
                connect = started;
                ConnectAttempt attempt = new ConnectAttempt(GLibIOStreamChannel.this, to, promise);
                connecting = attempt;
                attempt.start(config.getConnectTimeoutMillis());
            } catch (Throwable t) {
                closeIfClosed();
                promise.tryFailure(annotateConnectException(t, to));
            }
        }

        private void connectDone(long connection, @Nullable IOException failure) {
            ConnectAttempt attempt = connecting;
            connecting = null;
            if (attempt == null || !isOpen()) {
                if (connection != 0) {
                    LibGobject.g_object_unref(connection);
                }
                return;
            }
            attempt.end();
            boolean wasActive = isActive();
            try {
                if (failure != null) {
                    throw failure;
                }
                endpoint.open(connection);
                opened();
                endpoint.opened();
            } catch (IOException | ChannelException e) {
                attempt.promise().tryFailure(annotateConnectException(e, attempt.remote()));
                close(voidPromise());
                return;
            }
            connected(attempt.promise(), wasActive);
            // What was flushed meanwhile has waited.
            flush0();
        }
    }
}
