package org.nettyglib.channel;

import java.io.IOException;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioPollable;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.WouldBlock;
import org.nettyglib.loop.GLibIoOps;

/** Reads straight to where the bytes are wanted, from a stream that says when it is ready. */
final class PollableInput extends GioInput<PollableInterest> {
    private static final long NAME = Memory.immortalString("netty-glib input");

    PollableInput(long stream) {
        super(stream);
    }

    @Override
    PollableInterest newInterest(LoopStay stay) {
        return new PollableInterest(
                stay, GLibIoOps.IN, () -> LibGioPollable.g_pollable_input_stream_create_source(stream(), 0), NAME);
    }

    @Override
    int read(long address, int length) throws IOException {
        ErrorSlot slot = ErrorSlot.get();
        long error = slot.address();
        int read = (int) LibGioPollable.g_pollable_input_stream_read_nonblocking(stream(), address, length, 0, error);
        if (read > 0) {
            return read;
        }
        if (read == 0) {
            return -1;
        }
        if (WouldBlock.isAll(error)) {
            return 0;
        }
        throw GioErrors.of(slot, "the stream failed to read, and does not say why");
    }

    @Override
    void whenIdle(Runnable action) {
        action.run();
    }
}
