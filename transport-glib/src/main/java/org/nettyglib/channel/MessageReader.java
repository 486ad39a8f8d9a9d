package org.nettyglib.channel;

import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The read loop of a channel whose messages come one by one: accepted connections, passed descriptors. */
final class MessageReader {
    interface Source {
        /** The next message, or null if there is none now. */
        @Nullable Object next() throws IOException;
    }

    private final AbstractGLibChannel channel;
    private final AbstractGLibChannel.GLibUnsafe unsafe;
    private final Source source;

    MessageReader(AbstractGLibChannel channel, AbstractGLibChannel.GLibUnsafe unsafe, Source source) {
        this.channel = channel;
        this.unsafe = unsafe;
        this.source = source;
    }

    /**
     * Reads until nothing is left or the limit of a read loop is reached. A failure reaches the pipeline and ends the
     * loop; the channel stays open: when no descriptor is left, for example, ServerBootstrap has the server pause.
     */
    void read() {
        if (channel.nothingToRead()) {
            unsafe.stopReading();
            return;
        }
        RecvHandle handle = unsafe.recvBufAllocHandle();
        handle.reset(channel.settings());
        ChannelPipeline pipeline = channel.pipeline();
        Throwable failure = null;
        try {
            do {
                handle.attemptedBytesRead(1);
                Object message = source.next();
                if (message == null) {
                    handle.lastBytesRead(-1);
                    break;
                }
                // One of one: there may be more.
                handle.lastBytesRead(1);
                handle.incMessagesRead(1);
                unsafe.readPending = false;
                pipeline.fireChannelRead(message);
            } while (!channel.nothingToRead() && handle.continueReading());
        } catch (Throwable t) {
            failure = t;
        }
        try {
            handle.readComplete();
            pipeline.fireChannelReadComplete();
            if (failure != null) {
                pipeline.fireExceptionCaught(failure);
            }
        } finally {
            if (unsafe.shouldStopReading()) {
                channel.stopReadingIfIdle();
            }
        }
    }
}
