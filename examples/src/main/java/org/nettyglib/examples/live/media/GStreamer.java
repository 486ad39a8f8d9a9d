package org.nettyglib.examples.live.media;

import org.freedesktop.gstreamer.app.GstApp;
import org.freedesktop.gstreamer.audio.GstAudio;
import org.freedesktop.gstreamer.base.GstBase;
import org.freedesktop.gstreamer.gst.Gst;
import org.freedesktop.gstreamer.video.GstVideo;
import org.gnome.gio.Gio;
import org.nettyglib.loop.GLibTransport;

/** GStreamer as a whole. */
public final class GStreamer {

    private static boolean initialised;

    private GStreamer() {}

    /**
     * Starts GStreamer, once. Comes before anything else of this package; may be called from any thread.
     *
     * @throws MediaException if it is not installed, with the packages to install
     */
    public static synchronized void init() {
        if (initialised) {
            return;
        }
        try {
            GLibTransport.initJavaGi();
            // java-gi knows a class only after its package has been initialised. The packages that register types come
            // after
            // GStreamer's own start.
            Gio.javagi$ensureInitialized();
            Gst.init(null);
            GstBase.javagi$ensureInitialized();
            GstApp.javagi$ensureInitialized();
            GstVideo.javagi$ensureInitialized();
            GstAudio.javagi$ensureInitialized();
            initialised = true;
        } catch (LinkageError | RuntimeException e) {
            throw new MediaException("GStreamer cannot be used: " + e.getMessage()
                    + "\nOn Debian and Ubuntu: sudo apt install libgstreamer1.0-0 libgstreamer-plugins-base1.0-0"
                    + " gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-x");
        }
    }

    /**
     * Its version.
     *
     * @return for example {@code GStreamer 1.22.0}
     */
    public static String version() {
        return Gst.versionString();
    }
}
