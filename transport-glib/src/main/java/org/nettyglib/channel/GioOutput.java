package org.nettyglib.channel;

import java.io.IOException;
import org.nettyglib.ffi.LibGioPollable;
import org.nettyglib.ffi.LibGobject;

/** What is written to a stream of GIO. */
abstract sealed class GioOutput<I extends Interest> extends GioDirection<I> permits PollableOutput, AsyncOutput {
    GioOutput(long stream) {
        super(stream);
    }

    /** By what the stream is able to do. */
    static GioOutput<?> of(GioEndpoint endpoint, long stream) {
        boolean pollable =
                LibGobject.g_type_check_instance_is_a(stream, LibGioPollable.g_pollable_output_stream_get_type())
                        && LibGioPollable.g_pollable_output_stream_can_poll(stream);
        // What a filter keeps back has to be flushed, which can wait for the stream behind it.
        boolean filter =
                LibGobject.g_type_check_instance_is_a(stream, LibGioPollable.g_filter_output_stream_get_type());
        return pollable && !filter ? new PollableOutput(stream) : new AsyncOutput(endpoint, stream);
    }

    /**
     * Writes as much as the stream takes.
     *
     * @return how many bytes it took, 0 if it takes none now
     */
    abstract int write(long address, int length) throws IOException;
}
