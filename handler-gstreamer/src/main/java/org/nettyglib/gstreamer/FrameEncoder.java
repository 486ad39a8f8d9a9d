package org.nettyglib.gstreamer;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Makes of a frame what is written to a viewer: an HTTP chunk, a WebSocket frame, a datagram for one address. */
@FunctionalInterface
public interface FrameEncoder {
    /**
     * Encodes one frame for one viewer. On the event loop of that viewer, which waits: it must not block. What it throws ends this
     * viewer, which gets the exception in its pipeline; the others go on.
     *
     * @param viewer to whom it is written
     * @param frame  released by the source afterwards: what is to stay has to be retained, as by
     *               {@code frame.content().retainedDuplicate()}. The bytes are shared by all viewers and must not be changed
     * @return what is written, whose reference the pipeline takes; null to write nothing
     */
    @Nullable Object encode(Channel viewer, MediaFrame frame);
}
