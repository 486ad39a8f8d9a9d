package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelPromise;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ConnectionPendingException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;

/** A stream over a socket that connects, or was accepted. */
abstract class AbstractSocketStreamChannel extends AbstractStreamChannel implements UnixChannel {
    final Socket socket;
    private final AddressFamily family;
    private @Nullable ConnectAttempt connecting;

    /** A new socket, or one that somebody else has connected. */
    AbstractSocketStreamChannel(Socket socket, AddressFamily family, boolean active) {
        this(null, socket, family, active, active ? family.remote(socket) : null);
    }

    /** An accepted socket, whose peer is known. */
    AbstractSocketStreamChannel(Channel parent, Socket socket, AddressFamily family, @Nullable SocketAddress remote) {
        this(parent, socket, family, true, remote);
    }

    private AbstractSocketStreamChannel(
            @Nullable Channel parent,
            Socket socket,
            AddressFamily family,
            boolean active,
            @Nullable SocketAddress remote) {
        super(parent, new DescriptorEndpoint(socket), new SocketStream(socket), active);
        this.socket = socket;
        this.family = family;
        if (active) {
            local(family.local(socket));
            remote(remote);
        }
    }

    @Override
    public final FileDescriptor fd() {
        return socket;
    }

    /** Whether a socket that was made elsewhere is connected. */
    static boolean isConnected(Socket socket, AddressFamily family) {
        try {
            return socket.getSoError() == 0 && family.remote(socket) != null;
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    @Override
    final boolean isWatchable() {
        return super.isWatchable() || connecting != null;
    }

    /** A connect under way ends on whatever loop the channel is registered with then. */
    @Override
    final boolean waitsToWrite() {
        return connecting != null || super.waitsToWrite();
    }

    @Override
    protected final void doBind(SocketAddress address) throws Exception {
        requireResolved(address);
        family.bind(socket, address);
        local(family.bound(socket, address));
    }

    /**
     * Starts a connect; returns whether it succeeded at once.
     */
    boolean connectSocket(SocketAddress address) throws IOException {
        return socket.connect(address);
    }

    private boolean startConnect(SocketAddress to, @Nullable SocketAddress from) throws Exception {
        requireResolved(from);
        requireResolved(to);
        if (remoteAddress0() != null) {
            // connect(2) would not say so: it reports the end of an earlier connect that was in progress.
            throw new AlreadyConnectedException();
        }
        if (from != null) {
            doBind(from);
        }
        boolean failed = true;
        try {
            boolean connected = connectSocket(to);
            // The kernel may have bound the socket, connected or not.
            local(from == null ? family.local(socket) : family.bound(socket, from));
            if (connected) {
                remote(family.connected(socket, to));
            }
            failed = false;
            return connected;
        } finally {
            if (failed) {
                doClose();
            }
        }
    }

    @Override
    void connectCancelled() {
        connecting = null;
    }

    @Override
    protected final void doClose() {
        try {
            ConnectAttempt attempt = connecting;
            if (attempt != null) {
                connecting = null;
                attempt.abort();
            }
        } finally {
            super.doClose();
        }
    }

    @Override
    protected SocketUnsafe newUnsafe() {
        return new SocketUnsafe();
    }

    /** Connects. */
    class SocketUnsafe extends StreamUnsafe {
        @Override
        final void writeReady() {
            if (connecting != null) {
                finishConnect();
            } else {
                super.writeReady();
            }
        }

        @Override
        public final void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            // The promise stays cancellable, as the connect is.
            if (promise.isDone() || !ensureOpen(promise)) {
                return;
            }
            try {
                if (connecting != null) {
                    throw new ConnectionPendingException();
                }
                boolean wasActive = isActive();
                if (startConnect(to, from)) {
                    connected(promise, wasActive);
                } else {
                    ConnectAttempt attempt = new ConnectAttempt(AbstractSocketStreamChannel.this, to, promise);
                    connecting = attempt;
                    waitForConnect();
                    attempt.start(settings().getConnectTimeoutMillis());
                }
            } catch (Throwable t) {
                closeIfClosed();
                promise.tryFailure(annotateConnectException(t, to));
            }
        }

        private void waitForConnect() {
            if (wants(GLibIoOps.OUT)) {
                submit();
            } else {
                want(GLibIoOps.OUT);
            }
        }

        private void finishConnect() {
            ConnectAttempt attempt = connecting;
            if (attempt == null) {
                return;
            }
            boolean wasActive = isActive();
            try {
                if (!socket.finishConnect()) {
                    return;
                }
                remote(family.connected(socket, attempt.remote()));
            } catch (Throwable t) {
                connecting = null;
                attempt.end();
                // Not setFailure: the user may cancel at the same time.
                attempt.promise().tryFailure(annotateConnectException(t, attempt.remote()));
                close(voidPromise());
                return;
            }
            connecting = null;
            attempt.end();
            unwant(GLibIoOps.OUT);
            connected(attempt.promise(), wasActive);
            // What was flushed meanwhile has waited.
            flush0();
        }
    }
}
