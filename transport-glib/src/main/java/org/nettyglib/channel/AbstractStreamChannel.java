package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannelUtil;
import io.netty.util.LeakPresenceDetector;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;

/** Bytes in both directions, each of which can end before the other. */
abstract class AbstractStreamChannel extends AbstractGLibChannel implements DuplexChannel {
    /** Told at once when the peer shuts its side, also while nobody reads. */
    private static final GLibIoOps INITIAL_INTEREST = GLibIoOps.RDHUP;

    final ByteStream stream;
    private final StreamWriter writer = new StreamWriter(this);

    /** Nothing can be read any more: the end or an error was seen. */
    private boolean inputEnded;

    AbstractStreamChannel(@Nullable Channel parent, Endpoint endpoint, ByteStream stream, boolean active) {
        super(parent, endpoint, active, INITIAL_INTEREST);
        this.stream = stream;
    }

    @Override
    abstract StreamConfig settings();

    @Override
    boolean nothingToRead() {
        return stream.isInputShut() && (inputEnded || !settings().isAllowHalfClosure());
    }

    /** There is nothing to read from the start. */
    final void endInput() {
        inputEnded = true;
    }

    @Override
    protected void doClose() {
        // Half-closed or not, no read may touch the descriptor any more.
        inputEnded = true;
        super.doClose();
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
                + " (expected: " + expectedMessages() + ')');
    }

    String expectedMessages() {
        return "ByteBuf, FileRegion";
    }

    @Override
    protected final void doWrite(ChannelOutboundBuffer in) throws Exception {
        written(writer.write(in));
    }

    /** Netty's check of a file that may have become shorter than its region says. */
    final void requireWholeRegion(DefaultFileRegion region) throws IOException {
        validateFileRegion(region, region.transferred());
    }

    /**
     * Writes the current message, which is neither bytes nor a file, and removes it.
     *
     * @return false if the output is full
     */
    boolean writeOther(ChannelOutboundBuffer in, Object message) throws IOException {
        throw new IllegalStateException("filterOutboundMessage let through " + message.getClass());
    }

    // Half-close

    @Override
    protected final void doShutdownOutput() throws IOException {
        stream.shutOutput();
    }

    @Override
    public final boolean isOutputShutdown() {
        return stream.isOutputShut();
    }

    @Override
    public final boolean isInputShutdown() {
        return stream.isInputShut();
    }

    @Override
    public final boolean isShutdown() {
        return stream.isInputShut() && stream.isOutputShut();
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
            stream.shutInput();
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

    /** A connect under way was cancelled; the channel is closed next. */
    void connectCancelled() {}

    /** Reads and shuts. */
    class StreamUnsafe extends GLibUnsafe {
        /** A connect has succeeded. */
        final void connected(ChannelPromise promise, boolean wasActive) {
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

        @Override
        void writeReady() {
            if (stream.isOutputShut()) {
                // What was pending has failed, and a shut output is writable for ever.
                unwant(GLibIoOps.OUT);
            } else {
                super.writeReady();
            }
        }

        @Override
        void readReady() {
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
                read = stream.read(buf.memoryAddress(), index, buf.capacity());
            } else {
                ByteBuffer nio = buf.internalNioBuffer(index, room);
                read = stream.read(nio, nio.position(), nio.limit());
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

        /** Reads what is left, whatever autoRead says (netty #3709, #6391). */
        @Override
        final void peerShut() {
            recvBufAllocHandle().peerShut();
            if (isActive()) {
                readReady();
            } else {
                shutdownInput(false);
            }
            // It would be reported at every iteration (netty #4082).
            super.peerShut();
        }

        /**
         * Nothing more comes in.
         *
         * @param allDataRead whether the end itself was seen, and not only announced
         */
        final void shutdownInput(boolean allDataRead) {
            if (!stream.isInputShut()) {
                if (!settings().isAllowHalfClosure()) {
                    close(voidPromise());
                    return;
                }
                try {
                    stream.shutInput();
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
    }
}
