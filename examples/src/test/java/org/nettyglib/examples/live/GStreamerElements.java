package org.nettyglib.examples.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.freedesktop.gstreamer.gst.ElementFactory;
import org.nettyglib.examples.live.media.GStreamer;
import org.nettyglib.examples.live.media.MediaException;

/** Says which element is missing where a test cannot run. */
public final class GStreamerElements {

    private GStreamerElements() {}

    /** Skips the test, and says why, where one of these elements is not installed. */
    public static void assumeInstalled(String... elements) {
        try {
            GStreamer.init();
        } catch (MediaException e) {
            System.out.println("SKIPPED: " + e.getMessage());
            assumeTrue(false, e.getMessage());
        }
        for (String element : elements) {
            boolean there = ElementFactory.find(element) != null;
            if (!there) {
                System.out.println("SKIPPED: the GStreamer element " + element + " is missing");
            }
            assumeTrue(there, "the GStreamer element " + element + " is missing");
        }
    }

    /** Skips the test where the default picture cannot be shown. */
    public static void assumeTestPicture() {
        assumeInstalled("videotestsrc", "videoconvert", "jpegenc", "appsink");
    }
}
