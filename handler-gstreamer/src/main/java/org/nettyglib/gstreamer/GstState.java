package org.nettyglib.gstreamer;

import java.util.List;

/**
 * The states of elements and pipelines.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/additional/design/states.html">GStreamer on states</a>
 */
public enum GstState {
    /** None: what is pending where nothing is. */
    VOID_PENDING,
    /** Nothing is open. Each pipeline begins and ends in it. */
    NULL,
    /** Devices and files are open. */
    READY,
    /** Data has got to the sinks, which wait with the first of it. A live source gives none before it plays. */
    PAUSED,
    /** The clock runs. */
    PLAYING;

    private static final List<GstState> ALL = List.of(values());

    /** {@return the state with a number of GstState in gst/gstelement.h} */
    static GstState of(int number) {
        return ALL.get(number);
    }
}
