package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.NotYetConnectedException;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.MessageBatch;
import org.nettyglib.loop.GLibIoOps;

/** Sends and receives datagrams. */
abstract class AbstractDatagramChannel extends AbstractGLibChannel implements UnixChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(true, 16);

    /** {@code asm-generic/errno.h}. */
    private static final int EDESTADDRREQ = 89;

    private static final long MAX_RETRY_MILLIS = 16;

    final Socket socket;
    private final AddressFamily family;
    private final DatagramWriter writer = new DatagramWriter(this);

    /** The loop that tries again after a while, if the channel is still there. */
    private volatile @Nullable EventLoop retryingOn;

    /** How long the last wait for a receiver was; 0 if what was written since went out. */
    private long retryMillis;

    AbstractDatagramChannel(Socket socket, AddressFamily family, boolean active) {
        super(null, new DescriptorEndpoint(socket), active, GLibIoOps.NONE);
        this.socket = socket;
        this.family = family;
        if (active) {
            local(family.local(socket));
            remote(family.remote(socket));
        }
    }

    @Override
    public final FileDescriptor fd() {
        return socket;
    }

    @Override
    abstract DatagramConfig settings();

    /** Whether the kernel may send control messages with a datagram. */
    abstract boolean takesControlMessages();

    /** Makes packets of a received datagram. */
    abstract void unpack(MessageBatch batch, int index, ByteBuf content, Deque<Object> packets);

    /** Whether a message may have this recipient; not null. */
    abstract boolean isRecipient(Object address);

    /** Writes the address of a recipient in the kernel's form; returns how many bytes it has. */
    abstract int putAddress(long at, SocketAddress recipient);

    /** The messages that can be written, for the text of an exception. */
    abstract String expectedMessages();

    @Override
    public final ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public final boolean isActive() {
        return super.isActive() || isRegistered() && isOpen() && settings().isActiveOnRegistration();
    }

    /**
     * Whether {@code connect} has named the one peer. From any thread.
     *
     * @return false also after {@code disconnect} or {@code close}
     */
    public final boolean isConnected() {
        return isOpen() && remoteAddress0() != null;
    }

    @Override
    final boolean isWatchable() {
        return isOpen();
    }

    // Addresses

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        requireResolved(address);
        family.bind(socket, address);
        local(family.bound(socket, address));
        activate();
    }

    private void doConnect(SocketAddress to, @Nullable SocketAddress from) throws Exception {
        requireResolved(from);
        requireResolved(to);
        if (remoteAddress0() != null) {
            throw new AlreadyConnectedException();
        }
        boolean failed = true;
        try {
            if (from != null) {
                doBind(from);
            }
            socket.connect(to);
            local(from == null ? family.local(socket) : family.bound(socket, from));
            remote(family.connected(socket, to));
            failed = false;
        } finally {
            if (failed) {
                doClose();
            }
        }
    }

    /** The socket stays, and what comes from anybody is received again. */
    @Override
    protected final void doDisconnect() throws IOException {
        socket.disconnect();
        remote(null);
        local(family.local(socket));
        deactivate();
    }

    /** Where a datagram has come to: the first that was sent may have bound the socket. */
    final @Nullable SocketAddress recipient() {
        SocketAddress address = localAddress0();
        if (address == null) {
            address = family.local(socket);
            local(address);
        }
        return address;
    }

    // System calls

    /** Receives what is there; returns how many datagrams, or 0. */
    final int receive(MessageBatch batch) throws IOException {
        return result("recvmmsg", batch.receive(socket.intValue()));
    }

    /** Sends as much as the socket takes; returns how many messages, or 0. */
    final int send(MessageBatch batch) throws IOException {
        return result("sendmmsg", batch.send(socket.intValue()));
    }

    private int result(String call, int result) throws IOException {
        if (result >= 0) {
            return result;
        }
        if (result == -EDESTADDRREQ) {
            throw new NotYetConnectedException();
        }
        try {
            return Errors.ioResult(call, result);
        } catch (Errors.NativeIoException e) {
            if (e.expectedErr() == Errors.ERROR_ECONNREFUSED_NEGATIVE && family == AddressFamily.INET) {
                PortUnreachableException unreachable = new PortUnreachableException(e.getMessage());
                unreachable.initCause(e);
                throw unreachable;
            }
            throw e;
        }
    }

    // Writing

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf buf) {
            return UnixChannelUtil.isBufferCopyNeededForWrite(buf) ? DirectCopy.of(buf, alloc()) : buf;
        }
        if (message instanceof AddressedEnvelope<?, ?> envelope
                && envelope.content() instanceof ByteBuf content
                && (envelope.recipient() == null || isRecipient(envelope.recipient()))) {
            requireResolved(envelope.recipient());
            return UnixChannelUtil.isBufferCopyNeededForWrite(content) ? withDirectContent(envelope, content) : message;
        }
        throw new UnsupportedOperationException("unsupported message type: " + StringUtil.simpleClassName(message)
                + " (expected: " + expectedMessages() + ')');
    }

    /** Takes the envelope, and gives one of the same kind. */
    private Object withDirectContent(AddressedEnvelope<?, ?> envelope, ByteBuf content) {
        ByteBuf direct = DirectCopy.of(content.retain(), alloc());
        try {
            return envelope instanceof ByteBufHolder holder
                    ? holder.replace(direct)
                    : new DefaultAddressedEnvelope<>(direct, envelope.recipient());
        } finally {
            ReferenceCountUtil.release(envelope);
        }
    }

    @Override
    protected final void doWrite(ChannelOutboundBuffer in) throws Exception {
        boolean reportedWritable = wants(GLibIoOps.OUT);
        Object first = in.current();
        WriteResult result = writer.write(in);
        if (result == WriteResult.OUTPUT_FULL && in.current() == first && (reportedWritable || retryMillis > 0)) {
            retryLater();
        } else {
            retryMillis = 0;
            written(result);
        }
    }

    /**
     * The socket has room, but the receiver has not: another Unix domain socket, of which poll(2) knows nothing unless
     * the two are connected.
     */
    private void retryLater() {
        unwant(GLibIoOps.OUT);
        EventLoop loop = eventLoop();
        if (retryingOn != loop) {
            retryingOn = loop;
            retryMillis = Math.clamp(retryMillis << 1, 1, MAX_RETRY_MILLIS);
            loop.schedule(() -> retry(loop), retryMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void retry(EventLoop loop) {
        if (retryingOn == loop) {
            retryingOn = null;
        }
        flushAgain();
    }

    @Override
    protected final DatagramUnsafe newUnsafe() {
        return new DatagramUnsafe();
    }

    private final class DatagramUnsafe extends GLibUnsafe {
        private final DatagramReader reader = new DatagramReader(AbstractDatagramChannel.this, this);

        @Override
        void readReady() {
            reader.read();
        }

        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            boolean wasActive = isActive();
            try {
                doConnect(to, from);
            } catch (Throwable t) {
                closeIfClosed();
                safeSetFailure(promise, annotateConnectException(t, to));
                return;
            }
            activate();
            // A listener of the promise may close the channel, which was active all the same.
            safeSetSuccess(promise);
            if (!wasActive) {
                pipeline().fireChannelActive();
            }
        }
    }
}
