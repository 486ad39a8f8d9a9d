package org.nettyglib.gio;

import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import java.lang.ref.Reference;
import org.gnome.gio.IOStream;
import org.gnome.gio.InputStream;
import org.gnome.gio.OutputStream;
import org.gnome.gobject.GObject;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGioStreams;

/** What becomes of a result that nobody waits for any more. */
final class LateResult {
    private LateResult() {}

    static void release(@Nullable Object late) throws Exception {
        switch (late) {
            case null -> {}
            // Their own close() may block the loop.
            case IOStream stream -> close(stream, LibGioStreams::g_io_stream_close_async);
            case InputStream stream -> close(stream, LibGioStreams::g_input_stream_close_async);
            case OutputStream stream -> close(stream, LibGioStreams::g_output_stream_close_async);
            case ReferenceCounted counted -> ReferenceCountUtil.release(counted);
            case AutoCloseable closeable -> closeable.close();
            default -> {}
        }
    }

    /** A {@code …_close_async} function. */
    private interface Close {
        void start(long stream, int priority, long cancellable, long callback, long userData);
    }

    /** At GLib's default priority; nobody is told of the end. */
    private static void close(GObject stream, Close close) {
        try {
            close.start(stream.handle().address(), 0, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(stream);
        }
    }
}
