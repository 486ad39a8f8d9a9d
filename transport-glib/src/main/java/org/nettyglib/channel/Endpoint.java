package org.nettyglib.channel;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.io.IOException;

/** What is behind a channel: a descriptor that the loop watches, or a stream of GIO, which brings sources of its own. */
sealed interface Endpoint permits DescriptorEndpoint, GioEndpoint {
    /** Whether it was not closed. From any thread. */
    boolean isOpen();

    /** The kind of handle that a loop has to take for it. */
    Class<? extends IoHandle> handleType();

    /** Has a loop tell the channel of what the registration is asked for. */
    Future<IoRegistration> register(IoEventLoop loop, AbstractGLibChannel.GLibUnsafe unsafe);

    /** Closes it. Its registration was cancelled before. */
    void close() throws IOException;
}
