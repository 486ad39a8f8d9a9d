package org.nettyglib.channel;

import io.netty.channel.unix.FileDescriptor;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A pipe of which one end is a channel's, and the other a blocking stream of the JDK's, which does nothing by itself.
 *
 * @param fd the channel's end
 * @param peer the other end
 */
record PipeEnds<T extends Closeable>(FileDescriptor fd, T peer) {
    /** For a channel that reads. */
    static PipeEnds<OutputStream> toRead() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new PipeEnds<OutputStream>(ends[0], new FileOutputStream(path(ends[1]))).without(ends[1]);
    }

    /** For a channel that writes. */
    static PipeEnds<InputStream> toWrite() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new PipeEnds<InputStream>(ends[1], new FileInputStream(path(ends[0]))).without(ends[0]);
    }

    /** Opened anew by this name, the end of a pipe blocks: Netty makes them non-blocking. */
    private static String path(FileDescriptor end) {
        return "/proc/self/fd/" + end.intValue();
    }

    private PipeEnds<T> without(FileDescriptor end) throws IOException {
        end.close();
        return this;
    }
}
