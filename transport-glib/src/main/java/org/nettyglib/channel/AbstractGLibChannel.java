package org.nettyglib.channel;

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.unix.IovArray;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;

/**
 * What all channels share: registration, interest, the order of one event, close. All of it happens on the loop's
 * thread, except where a method says otherwise.
 */
abstract class AbstractGLibChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

    private static final GLibIoOps ERROR = GLibIoOps.ERR.with(GLibIoOps.HUP);
    private static final GLibIoOps READABLE = GLibIoOps.IN.with(ERROR);
    private static final GLibIoOps WRITABLE = GLibIoOps.OUT.with(ERROR);
    private static final GLibIoOps IN_OR_OUT = GLibIoOps.IN.with(GLibIoOps.OUT);

    private final Endpoint endpoint;
    private final GLibIoOps initialInterest;
    private final Runnable flushAgain = this::flushAgain;

    private volatile boolean active;
    private volatile @Nullable SocketAddress local;
    private volatile @Nullable SocketAddress remote;
    private @Nullable IoRegistration registration;
    private GLibIoOps interest;

    AbstractGLibChannel(@Nullable Channel parent, Endpoint endpoint, boolean active, GLibIoOps initialInterest) {
        super(parent);
        this.endpoint = endpoint;
        this.active = active;
        this.initialInterest = initialInterest;
        interest = initialInterest;
    }

    /** What {@link #config()} returns, as it is known inside. */
    abstract GLibChannelConfig settings();

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return endpoint.isOpen();
    }

    @Override
    public boolean isActive() {
        return active;
    }

    // Addresses

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

    final void local(@Nullable SocketAddress address) {
        local = address;
    }

    final void remote(@Nullable SocketAddress address) {
        remote = address;
    }

    static void requireResolved(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnresolvedAddressException();
        }
    }

    // Registration and interest

    @Override
    protected final boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop ioLoop && ioLoop.isCompatible(endpoint.handleType());
    }

    @Override
    protected abstract GLibUnsafe newUnsafe();

    private GLibUnsafe glibUnsafe() {
        return (GLibUnsafe) unsafe();
    }

    @Override
    protected final void doRegister(ChannelPromise promise) {
        registerWith((IoEventLoop) eventLoop()).addListener((Future<IoRegistration> future) -> {
            if (!future.isSuccess()) {
                promise.setFailure(future.cause());
                return;
            }
            registration = future.getNow();
            if (waitsToWrite()) {
                interest = interest.with(GLibIoOps.OUT);
            }
            try {
                submit();
            } catch (RuntimeException e) {
                cancelRegistration();
                promise.setFailure(e);
                return;
            }
            promise.setSuccess();
        });
    }

    /** Has the loop take this channel in. */
    Future<IoRegistration> registerWith(IoEventLoop loop) {
        return endpoint.register(loop, glibUnsafe());
    }

    /** Whether another loop has left something to write, for which it had no chance. */
    boolean waitsToWrite() {
        ChannelOutboundBuffer pending = unsafe().outboundBuffer();
        return isWatchable() && pending != null && !pending.isEmpty();
    }

    @Override
    protected final void doDeregister() {
        interest = initialInterest;
        cancelRegistration();
    }

    /** From here on the loop knows nothing of the endpoint. */
    final void cancelRegistration() {
        if (registration != null) {
            registration.cancel();
        }
    }

    /** Whether GLib may watch the endpoint. A new stream socket has to stay away: it reports a hang-up for ever. */
    boolean isWatchable() {
        return active;
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

    /** Tells the loop what this channel waits for, once the loop may know. */
    final void submit() {
        if (registration != null && isWatchable()) {
            registration.submit(interest);
        }
    }

    /** The priority has changed. From any thread. */
    final void submitPriority() {
        if (!isRegistered()) {
            return;
        }
        if (eventLoop().inEventLoop()) {
            submit();
        } else {
            // Which asks again: it may be moved to another loop meanwhile.
            eventLoop().execute(this::submitPriority);
        }
    }

    /** The loop's array of {@code struct iovec}, emptied; good until other code can run. */
    final IovArray emptyIovArray() {
        if (registration == null) {
            throw new IllegalStateException("not registered: " + this);
        }
        IovArray array = registration.attachment();
        array.clear();
        return array;
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
            eventLoop().execute(this::stopReadingUnlessWanted);
        }
    }

    /** Somebody may have asked to read since, or moved the channel to another loop. */
    private void stopReadingUnlessWanted() {
        if (!glibUnsafe().readPending && !settings().isAutoRead()) {
            stopReadingIfIdle();
        }
    }

    /** Says whether a read would find nothing but what is known already. */
    boolean nothingToRead() {
        return !isOpen();
    }

    // Writing

    /** Acts on what a write has left. */
    final void written(WriteResult result) {
        switch (result) {
            case ALL -> unwant(GLibIoOps.OUT);
            case OUTPUT_FULL -> want(GLibIoOps.OUT);
            case TURN_OVER -> {
                // Still writable, as far as we know: others have their turn, then we go on.
                unwant(GLibIoOps.OUT);
                eventLoop().execute(flushAgain);
            }
        }
    }

    final void flushAgain() {
        // A loop that it was moved to meanwhile goes on by itself.
        if (isRegistered() && eventLoop().inEventLoop()) {
            glibUnsafe().flush0();
        }
    }

    // Active and closed

    final void activate() {
        active = true;
        submit();
    }

    final void deactivate() {
        active = false;
    }

    @Override
    protected void doDisconnect() throws Exception {
        doClose();
    }

    /** May run outside of the loop, when the close lingers. */
    @Override
    protected void doClose() {
        active = false;
        try {
            if (isRegistered()) {
                if (eventLoop().inEventLoop()) {
                    doDeregister();
                } else {
                    eventLoop().execute(this::doDeregister);
                }
            }
        } finally {
            try {
                closeEndpoint();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void closeEndpoint() throws IOException {
        endpoint.close();
    }

    /** Reads until nothing is left or the handle says that it is enough. */
    interface ReadLoop {
        void run(RecvHandle handle) throws Exception;
    }

    /** What the loop's handle leads to, and Netty's view from inside. */
    abstract class GLibUnsafe extends AbstractUnsafe {
        boolean readPending;

        /** Whether {@code doWrite} is under way. */
        private boolean writing;

        private @Nullable RecvHandle recvHandle;

        /** Reads until nothing is left or the limit of a loop is reached. */
        abstract void readReady();

        final Channel channel() {
            return AbstractGLibChannel.this;
        }

        final int priority(int ofLoop) {
            return settings().priorityOr(ofLoop);
        }

        final void close() {
            close(voidPromise());
        }

        /** Only stream sockets and datagram sockets connect. */
        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            promise.tryFailure(new UnsupportedOperationException(
                    "this kind of channel does not connect: " + StringUtil.simpleClassName(AbstractGLibChannel.this)));
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
        final void handle(GLibIoOps ready) {
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
                hungUp();
            }
        }

        /** Nobody who reads or writes will take notice of an error, and poll(2) would report it for ever. */
        void hungUp() {
            change(GLibIoOps.NONE);
        }

        /** Writes what was flushed. */
        void writeReady() {
            if (writing) {
                // A nested loop of somebody who is told of a written message: the outer call goes on, and waits again.
                unwant(GLibIoOps.OUT);
            } else {
                // Not our flush0(), which waits for this event.
                flushNow();
            }
        }

        private void flushNow() {
            boolean outer = !writing;
            writing = true;
            try {
                super.flush0();
            } finally {
                if (outer) {
                    writing = false;
                }
            }
        }

        /** The peer has shut its side; for a channel that asked to be told. */
        void peerShut() {
            unwant(GLibIoOps.RDHUP);
        }

        @Override
        protected final void flush0() {
            if (!wants(GLibIoOps.OUT)) {
                flushNow();
            }
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

        /**
         * Runs the read loop of a channel of messages and tells of its end. A failure reaches the pipeline and the
         * channel stays open: when no descriptor is left to accept a connection, for example, ServerBootstrap has the
         * server pause.
         */
        final void readMessages(ReadLoop loop) {
            RecvHandle handle = recvBufAllocHandle();
            handle.reset(settings());
            Throwable failure = null;
            try {
                loop.run(handle);
            } catch (Throwable t) {
                failure = t;
            }
            try {
                handle.readComplete();
                pipeline().fireChannelReadComplete();
                if (failure != null) {
                    pipeline().fireExceptionCaught(failure);
                }
            } finally {
                if (shouldStopReading()) {
                    stopReadingIfIdle();
                }
            }
        }

        final boolean shouldStopReading() {
            return !readPending && !settings().isAutoRead();
        }
    }
}
