package org.nettyglib.examples.live.media;

import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GstBusMessage;

/** Takes what comes out of pipelines, of which each new one takes the place of the one before. All of it is called on the event loop. */
public interface Outlet {

    /**
     * There is a new pipeline.
     *
     * @param jpegs its pictures
     */
    void pictures(AppSinkSource.Builder jpegs);

    /**
     * The new pipeline has sound.
     *
     * @param samples {@link LivePipeline#SOUND_RATE} 16-bit samples per second, one channel, little endian
     */
    void sound(AppSinkSource.Builder samples);

    /**
     * The pipeline has something to say.
     *
     * @param message what its bus has told
     */
    void message(GstBusMessage message);
}
