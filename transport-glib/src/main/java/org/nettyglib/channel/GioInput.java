package org.nettyglib.channel;

import java.io.IOException;
import org.nettyglib.ffi.LibGioPollable;
import org.nettyglib.ffi.LibGobject;

/** What is read from a stream of GIO. */
abstract sealed class GioInput<I extends Interest> extends GioDirection<I> permits PollableInput, AsyncInput {
    GioInput(long stream) {
        super(stream);
    }

    /** By what the stream is able to do. */
    static GioInput<?> of(GioEndpoint endpoint, long stream) {
        boolean pollable =
                LibGobject.g_type_check_instance_is_a(stream, LibGioPollable.g_pollable_input_stream_get_type())
                        && LibGioPollable.g_pollable_input_stream_can_poll(stream);
        return pollable ? new PollableInput(stream) : new AsyncInput(endpoint, stream);
    }

    /**
     * Reads what there is.
     *
     * @return how many bytes, 0 if there are none now, -1 at the end
     */
    abstract int read(long address, int length) throws IOException;
}
