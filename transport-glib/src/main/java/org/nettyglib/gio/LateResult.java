package org.nettyglib.gio;

import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import java.lang.ref.Reference;
import java.util.function.LongConsumer;
import org.gnome.gio.IOStream;
import org.gnome.gio.InputStream;
import org.gnome.gio.OutputStream;
import org.gnome.gobject.GObject;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGio;

/** What becomes of a result that nobody waits for any more. */
final class LateResult {
    private LateResult() {}

    static void release(@Nullable Object late) throws Exception {
        switch (late) {
            case null -> {}
            // Their own close() may block the loop.
            case IOStream stream -> close(stream, LibGio::g_io_stream_close_async);
            case InputStream stream -> close(stream, LibGio::g_input_stream_close_async);
            case OutputStream stream -> close(stream, LibGio::g_output_stream_close_async);
            case ReferenceCounted counted -> ReferenceCountUtil.release(counted);
            case AutoCloseable closeable -> closeable.close();
            default -> {}
        }
    }

    private static void close(GObject stream, LongConsumer close) {
        try {
            close.accept(stream.handle().address());
        } finally {
            Reference.reachabilityFence(stream);
        }
    }
}
