package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannelUtil;
import io.netty.util.LeakPresenceDetector;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;

/** A duplex stream of bytes. */
abstract class AbstractStreamChannel extends AbstractGLibChannel implements DuplexChannel {
    /** Told at once when the peer shuts its side, also while nobody reads. */
    private static final GLibIoOps INITIAL_INTEREST = GLibIoOps.RDHUP;

    private final StreamWriter writer = new StreamWriter(this);
    private final Runnable flushAgain = () -> ((StreamUnsafe) unsafe()).flush0();

    AbstractStreamChannel(Socket socket, boolean active) {
        super(null, socket, active, INITIAL_INTEREST);
    }

    AbstractStreamChannel(Channel parent, Socket socket, SocketAddress remote) {
        super(parent, socket, remote, INITIAL_INTEREST);
    }

    @Override
    abstract StreamConfig settings();

    @Override
    protected GLibUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    // Writing

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf buf) {
            return UnixChannelUtil.isBufferCopyNeededForWrite(buf) ? DirectCopy.of(buf, alloc()) : buf;
        }
        if (message instanceof FileRegion) {
            return message;
        }
        throw new UnsupportedOperationException("unsupported message type: " + StringUtil.simpleClassName(message)
                + " (expected: ByteBuf, FileRegion)");
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        switch (writer.write(in)) {
            case ALL -> unwant(GLibIoOps.OUT);
            case SOCKET_FULL -> want(GLibIoOps.OUT);
            case TURN_OVER -> {
                // Still writable, as far as we know: others have their turn, then we go on.
                unwant(GLibIoOps.OUT);
                eventLoop().execute(flushAgain);
            }
        }
    }

    // Half-close

    @Override
    protected final void doShutdownOutput() throws IOException {
        socket.shutdown(false, true);
    }

    @Override
    public final boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public final boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public final boolean isShutdown() {
        return socket.isShutdown();
    }

    @Override
    public final ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public final ChannelFuture shutdownOutput(ChannelPromise promise) {
        AbstractUnsafe unsafe = (AbstractUnsafe) unsafe();
        if (eventLoop().inEventLoop()) {
            unsafe.shutdownOutput(promise);
        } else {
            eventLoop().execute(() -> unsafe.shutdownOutput(promise));
        }
        return promise;
    }

    @Override
    public final ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public final ChannelFuture shutdownInput(ChannelPromise promise) {
        if (eventLoop().inEventLoop()) {
            shutdownInputNow(promise);
        } else {
            eventLoop().execute(() -> shutdownInputNow(promise));
        }
        return promise;
    }

    private void shutdownInputNow(ChannelPromise promise) {
        try {
            socket.shutdown(true, false);
            promise.setSuccess();
        } catch (Throwable t) {
            promise.setFailure(t);
        }
    }

    @Override
    public final ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public final ChannelFuture shutdown(ChannelPromise promise) {
        shutdownOutput()
                .addListener(output -> shutdownInput().addListener(input -> {
                    Throwable cause = output.cause() != null ? output.cause() : input.cause();
                    if (cause == null) {
                        promise.setSuccess();
                    } else {
                        promise.setFailure(cause);
                    }
                }));
        return promise;
    }

    /** Reads and shuts. */
    class StreamUnsafe extends GLibUnsafe {
        @Override
        final void readReady() {
            if (nothingToRead()) {
                stopReading();
                return;
            }
            StreamConfig config = settings();
            RecvHandle handle = recvBufAllocHandle();
            handle.reset(config);
            ChannelPipeline pipeline = pipeline();
            ByteBuf buf = null;
            boolean end = false;
            try {
                do {
                    buf = handle.allocate(config.getAllocator());
                    int read = read(buf, handle);
                    if (read <= 0) {
                        buf.release();
                        buf = null;
                        end = read < 0;
                        if (end) {
                            readPending = false;
                        }
                        break;
                    }
                    handle.incMessagesRead(1);
                    readPending = false;
                    ByteBuf message = buf;
                    buf = null;
                    pipeline.fireChannelRead(message);
                    // The handler may have shut the input or closed the channel, whose descriptor can be another's now.
                } while (!nothingToRead() && handle.continueReading());
                handle.readComplete();
                pipeline.fireChannelReadComplete();
                if (end) {
                    shutdownInput(true);
                }
            } catch (Throwable t) {
                readFailed(buf, t, end);
            } finally {
                if (shouldStopReading()) {
                    stopReadingIfIdle();
                }
            }
        }

        private int read(ByteBuf buf, RecvHandle handle) throws IOException {
            int index = buf.writerIndex();
            int room = buf.writableBytes();
            handle.attemptedBytesRead(room);
            int read;
            if (buf.hasMemoryAddress()) {
                read = socket.recvAddress(buf.memoryAddress(), index, buf.capacity());
            } else {
                ByteBuffer nio = buf.internalNioBuffer(index, room);
                read = socket.recv(nio, nio.position(), nio.limit());
            }
            if (read > 0) {
                buf.writerIndex(index + read);
            }
            handle.lastBytesRead(read);
            return read;
        }

        private void readFailed(@Nullable ByteBuf buf, Throwable cause, boolean end) {
            if (buf != null) {
                if (buf.isReadable()) {
                    readPending = false;
                    pipeline().fireChannelRead(buf);
                } else {
                    buf.release();
                }
            }
            recvBufAllocHandle().readComplete();
            pipeline().fireChannelReadComplete();
            pipeline().fireExceptionCaught(cause);
            // Out of memory, the connection is given up as well (netty #10434).
            if (end
                    || cause instanceof IOException
                    || cause instanceof OutOfMemoryError
                    || cause instanceof LeakPresenceDetector.AllocationProhibitedException) {
                shutdownInput(true);
            }
        }
    }
}
