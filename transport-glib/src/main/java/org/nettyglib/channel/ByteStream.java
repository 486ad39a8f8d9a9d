package org.nettyglib.channel;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The two directions of a stream of bytes, and the calls that move them. A read returns -1 at the end of the
 * stream, and a read or a write 0 or less when nothing can be moved now.
 */
sealed interface ByteStream permits SocketStream, DescriptorStream, GioStream {
    /** Reads to {@code address + position} up to {@code address + limit}. */
    int read(long address, int position, int limit) throws IOException;

    int read(ByteBuffer buffer, int position, int limit) throws IOException;

    /** Writes from {@code address + position} up to {@code address + limit}. */
    int write(long address, int position, int limit) throws IOException;

    int write(ByteBuffer buffer, int position, int limit) throws IOException;

    /** The descriptor to write to with other system calls; null if there is none that may be used so. */
    @Nullable FileDescriptor output();

    /** Whether sendfile(2) may write to {@link #output()}. */
    boolean takesSendfile();

    boolean isInputShut();

    boolean isOutputShut();

    /**
     * Nothing more is read.
     *
     * @throws java.nio.channels.NotYetConnectedException if there is no connection, or no more
     */
    void shutInput() throws IOException;

    /** Nothing more is written: the other side sees the end. */
    void shutOutput() throws IOException;
}
