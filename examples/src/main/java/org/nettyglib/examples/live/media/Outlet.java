package org.nettyglib.examples.live.media;

import java.nio.ByteBuffer;

/** Takes what comes out of a pipeline. All of it is called on the event loop that the pipeline was opened with. */
public interface Outlet {

    /**
     * A picture has come.
     *
     * @param jpeg the picture as JPEG, in GStreamer's memory: gone when this returns
     */
    void frame(ByteBuffer jpeg);

    /**
     * A block of sound has come.
     *
     * @param samples {@link LivePipeline#SOUND_RATE} 16-bit samples per second, one channel, little endian, in GStreamer's memory:
     *     gone when this returns
     */
    void sound(ByteBuffer samples);

    /**
     * The pipeline has something to say.
     *
     * @param message in words
     */
    void message(BusMessage message);
}
