package org.nettyglib.gstreamer;

import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstBin;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstElement.StateNow;

/**
 * Live sources that play and whose threads sleep. A live source that has to pause lets its thread stop, and starts it when it has to play.
 * Where the one follows at once on the other, as it does when another clock is chosen, the thread stops after that, rarely, and the sinks
 * wait for ever.
 */
final class SleepingSources {
    private SleepingSources() {}

    /** Starts their threads. On a thread that may wait, where the state does not change meanwhile. */
    static void wake(long pipeline) {
        for (long element : LibGstBin.elements(pipeline)) {
            if (isPlaying(element) && LibGstElement.isTaskPaused(element) && !LibGstElement.hasPassedEos(element)) {
                LibGstElement.gst_element_set_state(element, GstState.PAUSED.ordinal());
                LibGstElement.gst_element_set_state(element, GstState.PLAYING.ordinal());
            }
            LibGst.gst_object_unref(element);
        }
    }

    private static boolean isPlaying(long element) {
        StateNow now = LibGstElement.gst_element_get_state(element);
        return now.state() == GstState.PLAYING.ordinal() && now.pending() == GstState.VOID_PENDING.ordinal();
    }
}
