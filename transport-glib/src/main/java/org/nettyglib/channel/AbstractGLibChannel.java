package org.nettyglib.channel;

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoEvent;
import org.nettyglib.loop.GLibIoHandle;
import org.nettyglib.loop.GLibIoOps;

/**
 * What all channels share: registration, interest, connect, half-close, close. All of it happens on the loop's thread,
 * except where a method says otherwise.
 *
 * <p>A descriptor is in GLib only while the channel is active or connecting, for an idle new socket reports a hang-up
 * for ever.
 */
abstract class AbstractGLibChannel extends AbstractChannel implements UnixChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private static final GLibIoOps ERROR = GLibIoOps.ERR.with(GLibIoOps.HUP);
    private static final GLibIoOps READABLE = GLibIoOps.IN.with(ERROR);
    private static final GLibIoOps WRITABLE = GLibIoOps.OUT.with(ERROR);
    private static final GLibIoOps IN_OR_OUT = GLibIoOps.IN.with(GLibIoOps.OUT);

    final Socket socket;
    private final GLibIoOps initialInterest;

    private volatile boolean active;
    private volatile @Nullable SocketAddress local;
    private volatile @Nullable SocketAddress remote;
    private @Nullable ConnectAttempt connecting;
    private @Nullable IoRegistration registration;
    private GLibIoOps interest;

    /** Nothing can be read any more: the end or an error was seen. */
    private boolean inputEnded;

    /** A new socket, or an active one whose addresses are asked of the kernel. */
    AbstractGLibChannel(@Nullable Channel parent, Socket socket, boolean active, GLibIoOps initialInterest) {
        this(parent, socket, active, initialInterest, active ? socket.remoteAddress() : null);
    }

    /** An accepted socket, whose peer is known. */
    AbstractGLibChannel(@Nullable Channel parent, Socket socket, SocketAddress remote, GLibIoOps initialInterest) {
        this(parent, socket, true, initialInterest, remote);
    }

    private AbstractGLibChannel(
            @Nullable Channel parent,
            Socket socket,
            boolean active,
            GLibIoOps initialInterest,
            @Nullable SocketAddress remote) {
        super(parent);
        this.socket = socket;
        this.active = active;
        this.remote = remote;
        if (active) {
            local = socket.localAddress();
        }
        this.initialInterest = initialInterest;
        interest = initialInterest;
    }

    static boolean hasNoPendingError(Socket socket) {
        try {
            return socket.getSoError() == 0;
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    /** What {@link #config()} returns, as it is known inside. */
    abstract GLibChannelConfig settings();

    @Override
    public final FileDescriptor fd() {
        return socket;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public final boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public final boolean isActive() {
        return active;
    }

    /** Not kept as in the superclass: after a bind to a wildcard or to no port yet, the connect changes it. */
    @Override
    public @Nullable SocketAddress localAddress() {
        return local;
    }

    @Override
    protected final @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected final @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected final boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop ioLoop && ioLoop.isCompatible(GLibUnsafe.class);
    }

    @Override
    protected abstract GLibUnsafe newUnsafe();

    private GLibUnsafe glibUnsafe() {
        return (GLibUnsafe) unsafe();
    }

    // Registration and interest

    @Override
    protected final void doRegister(ChannelPromise promise) {
        ((IoEventLoop) eventLoop()).register(glibUnsafe()).addListener(future -> {
            if (!future.isSuccess()) {
                promise.setFailure(future.cause());
                return;
            }
            registration = (IoRegistration) future.getNow();
            ChannelOutboundBuffer pending = unsafe().outboundBuffer();
            if (connecting != null || active && pending != null && !pending.isEmpty()) {
                // A connect under way, or what was flushed on another loop, which had no chance to write it.
                interest = interest.with(GLibIoOps.OUT);
            }
            submit();
            promise.setSuccess();
        });
    }

    @Override
    protected final void doDeregister() {
        interest = initialInterest;
        if (registration != null) {
            registration.cancel();
        }
    }

    final boolean wants(GLibIoOps ops) {
        return interest.intersects(ops);
    }

    final void want(GLibIoOps ops) {
        change(interest.with(ops));
    }

    final void unwant(GLibIoOps ops) {
        change(interest.without(ops));
    }

    private void change(GLibIoOps changed) {
        if (changed != interest) {
            interest = changed;
            submit();
        }
    }

    private void submit() {
        if (registration != null && (active || connecting != null)) {
            registration.submit(interest);
        }
    }

    /** The loop's array of {@code struct iovec}, emptied; good until other code can run. */
    final IovArray emptyIovArray() {
        IovArray array = requireRegistration().attachment();
        array.clear();
        return array;
    }

    private IoRegistration requireRegistration() {
        if (registration == null) {
            throw new IllegalStateException("not registered: " + this);
        }
        return registration;
    }

    /** For a close that waits outside of the loop: from here on the loop knows nothing of the descriptor. */
    final void cancelRegistration() {
        if (registration != null) {
            registration.cancel();
        }
    }

    // Reading

    @Override
    protected final void doBeginRead() {
        glibUnsafe().readPending = true;
        want(GLibIoOps.IN);
    }

    /** {@code autoRead} was switched off. From any thread. */
    final void stopReadingIfIdle() {
        if (!isRegistered()) {
            interest = interest.without(GLibIoOps.IN);
        } else if (eventLoop().inEventLoop()) {
            glibUnsafe().stopReading();
        } else {
            eventLoop().execute(() -> {
                // Somebody may have asked to read since.
                if (!glibUnsafe().readPending && !settings().isAutoRead()) {
                    glibUnsafe().stopReading();
                }
            });
        }
    }

    /** Says whether a read would find nothing but what is known already. */
    final boolean nothingToRead() {
        return socket.isInputShutdown() && (inputEnded || !settings().isAllowHalfClosure());
    }

    // Connect and bind

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        requireResolved(address);
        socket.bind(address);
        local = socket.localAddress();
    }

    final void activate() {
        active = true;
        submit();
    }

    /**
     * Starts a connect; returns whether it succeeded at once.
     */
    boolean connectSocket(SocketAddress address) throws IOException {
        return socket.connect(address);
    }

    private boolean startConnect(SocketAddress to, @Nullable SocketAddress from) throws IOException {
        requireResolved(from);
        requireResolved(to);
        if (remote != null) {
            // connect(2) would not say so: it reports the end of an earlier connect that was in progress.
            throw new AlreadyConnectedException();
        }
        if (from != null) {
            socket.bind(from);
        }
        boolean failed = true;
        try {
            boolean connected = connectSocket(to);
            // The kernel has bound the socket, connected or not.
            local = socket.localAddress();
            if (connected) {
                remote = remoteFor(to);
            }
            failed = false;
            return connected;
        } finally {
            if (failed) {
                doClose();
            }
        }
    }

    private @Nullable SocketAddress remoteFor(SocketAddress requested) {
        return requested instanceof InetSocketAddress inet
                ? UnixChannelUtil.computeRemoteAddr(inet, socket.remoteAddress())
                : requested;
    }

    private static void requireResolved(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnresolvedAddressException();
        }
    }

    final void connectCancelled() {
        connecting = null;
    }

    // Close

    @Override
    protected void doDisconnect() {
        doClose();
    }

    /** May run outside of the loop, when the close lingers. */
    @Override
    protected void doClose() {
        active = false;
        // Half-closed or not, no read may touch the descriptor any more.
        inputEnded = true;
        try {
            ConnectAttempt attempt = connecting;
            if (attempt != null) {
                connecting = null;
                attempt.abort();
            }
            deregisterForClose();
        } finally {
            closeSocket();
        }
    }

    private void deregisterForClose() {
        if (!isRegistered()) {
            return;
        }
        if (eventLoop().inEventLoop()) {
            doDeregister();
        } else {
            eventLoop().execute(this::doDeregister);
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The handle that the loop knows, and Netty's view from inside. */
    abstract class GLibUnsafe extends AbstractUnsafe implements GLibIoHandle {
        boolean readPending;
        private @Nullable RecvHandle recvHandle;

        /** Reads until nothing is left or the limit of a loop is reached. */
        abstract void readReady();

        @Override
        public final FileDescriptor fd() {
            return socket;
        }

        @Override
        public final Channel channel() {
            return AbstractGLibChannel.this;
        }

        @Override
        public final void close() {
            close(voidPromise());
        }

        @Override
        public final RecvHandle recvBufAllocHandle() {
            if (recvHandle == null) {
                recvHandle = new RecvHandle((RecvByteBufAllocator.ExtendedHandle) super.recvBufAllocHandle());
            }
            return recvHandle;
        }

        /**
         * The order matters: a failed connect is told before anything is read (netty #3785), and what the peer sent
         * before it shut its side is read before the input is shut (netty #4317).
         */
        @Override
        public final void handle(IoRegistration registration, IoEvent event) {
            GLibIoOps ready = ((GLibIoEvent) event).ops();
            if (ready.intersects(WRITABLE)) {
                writeReady();
            }
            if (ready.intersects(READABLE) && isOpen()) {
                readReady();
            }
            if (ready.intersects(GLibIoOps.RDHUP) && isOpen()) {
                peerShut();
            }
            if (ready.intersects(ERROR) && !wants(IN_OR_OUT) && isOpen()) {
                // Nobody will take notice of the error, and poll(2) would report it for ever.
                change(GLibIoOps.NONE);
            }
        }

        private void writeReady() {
            if (connecting != null) {
                finishConnect();
            } else if (socket.isOutputShutdown()) {
                // What was pending has failed, and a shut output is writable for ever.
                unwant(GLibIoOps.OUT);
            } else {
                // Not our flush0(), which waits for this event.
                super.flush0();
            }
        }

        @Override
        protected final void flush0() {
            if (!wants(GLibIoOps.OUT)) {
                super.flush0();
            }
        }

        /** Reads what is left, whatever autoRead says (netty #3709, #6391). */
        private void peerShut() {
            recvBufAllocHandle().peerShut();
            if (isActive()) {
                readReady();
            } else {
                shutdownInput(false);
            }
            // It would be reported at every iteration (netty #4082).
            unwant(GLibIoOps.RDHUP);
        }

        final void stopReading() {
            readPending = false;
            try {
                unwant(GLibIoOps.IN);
            } catch (UncheckedIOException e) {
                pipeline().fireExceptionCaught(e);
                close(voidPromise());
            }
        }

        final boolean shouldStopReading() {
            return !readPending && !settings().isAutoRead();
        }

        /**
         * Nothing more comes in.
         *
         * @param allDataRead whether the end itself was seen, and not only announced
         */
        final void shutdownInput(boolean allDataRead) {
            if (!socket.isInputShutdown()) {
                if (!settings().isAllowHalfClosure()) {
                    close(voidPromise());
                    return;
                }
                try {
                    socket.shutdown(true, false);
                } catch (NotYetConnectedException ignored) {
                    // The connection is gone: its input is shut all the more.
                } catch (IOException ignored) {
                    pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                    close(voidPromise());
                    return;
                }
                if (shouldStopReading()) {
                    stopReading();
                }
                pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            }
            if (allDataRead && !inputEnded) {
                inputEnded = true;
                pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
            }
        }

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
                boolean wasActive = isActive();
                if (startConnect(to, from)) {
                    connected(promise, wasActive);
                } else {
                    ConnectAttempt attempt = new ConnectAttempt(AbstractGLibChannel.this, to, promise);
                    connecting = attempt;
                    interest = interest.with(GLibIoOps.OUT);
                    submit();
                    attempt.start(settings().getConnectTimeoutMillis());
                }
            } catch (Throwable t) {
                closeIfClosed();
                promise.tryFailure(annotateConnectException(t, to));
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
                remote = remoteFor(attempt.remote());
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
            interest = interest.without(GLibIoOps.OUT);
            connected(attempt.promise(), wasActive);
            // What was flushed meanwhile has waited.
            flush0();
        }

        private void connected(ChannelPromise promise, boolean wasActive) {
            activate();
            // A listener of the promise may close the channel, which was active all the same.
            boolean active = isActive();
            boolean notCancelled = promise.trySuccess();
            if (!wasActive && active) {
                pipeline().fireChannelActive();
            }
            if (!notCancelled) {
                close(voidPromise());
            }
        }
    }
}
