package org.nettyglib.channel;

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
    private final AbstractGLibChannel.ReadLoop readLoop = this::readAll;

    MessageReader(AbstractGLibChannel channel, AbstractGLibChannel.GLibUnsafe unsafe, Source source) {
        this.channel = channel;
        this.unsafe = unsafe;
        this.source = source;
    }

    void read() {
        if (channel.nothingToRead()) {
            unsafe.stopReading();
        } else {
            unsafe.readMessages(readLoop);
        }
    }

    private void readAll(RecvHandle handle) throws IOException {
        do {
            handle.attemptedBytesRead(1);
            Object message = source.next();
            if (message == null) {
                handle.lastBytesRead(-1);
                return;
            }
            // One of one: there may be more.
            handle.lastBytesRead(1);
            handle.incMessagesRead(1);
            unsafe.readPending = false;
            channel.pipeline().fireChannelRead(message);
        } while (!channel.nothingToRead() && handle.continueReading());
    }
}
