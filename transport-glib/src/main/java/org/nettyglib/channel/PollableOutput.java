package org.nettyglib.channel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioPollable;
import org.nettyglib.ffi.LibGioStreams;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.WouldBlock;
import org.nettyglib.loop.GLibIoOps;

/**
 * Writes straight from where the bytes are, to a stream that says when it is ready. What did not go out is tried again
 * with the same bytes at the same place, as TLS demands: Netty keeps a flushed message where it is.
 */
final class PollableOutput extends GioOutput<PollableInterest> {
    private static final long NAME = Memory.immortalString("netty-glib output");

    /** Of a descriptor to which GIO writes all that it is given, and waits for that unless the descriptor says no. */
    private final @Nullable StatusFlags descriptor;

    PollableOutput(long stream) {
        super(stream);
        descriptor = LibGobject.g_type_check_instance_is_a(stream, LibGioPollable.g_unix_output_stream_get_type())
                ? StatusFlags.of(LibGioPollable.g_unix_output_stream_get_fd(stream))
                : null;
        if (descriptor != null) {
            descriptor.makeNonBlocking();
        }
    }

    @Override
    PollableInterest newInterest(LoopStay stay) {
        return new PollableInterest(
                stay, GLibIoOps.OUT, () -> LibGioPollable.g_pollable_output_stream_create_source(stream(), 0), NAME);
    }

    @Override
    int write(long address, int length) throws IOException {
        ErrorSlot slot = ErrorSlot.get();
        long error = slot.address();
        int written =
                (int) LibGioPollable.g_pollable_output_stream_write_nonblocking(stream(), address, length, 0, error);
        if (written >= 0) {
            return written;
        }
        if (WouldBlock.isAll(error)) {
            return 0;
        }
        throw GioErrors.of(slot, "the stream failed to write, and does not say why");
    }

    @Override
    void close() {
        // The user may have closed the stream underneath, and the number can be another's now.
        if (!isClosed() && descriptor != null && !LibGioStreams.g_output_stream_is_closed(stream())) {
            descriptor.restore();
        }
        super.close();
    }

    @Override
    void whenIdle(Runnable action) {
        action.run();
    }
}
