package org.nettyglib.examples;

import static org.junit.jupiter.api.Assumptions.abort;

import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstMissingElementException;

/** Says which element is missing where a test cannot run. */
public final class GStreamerElements {

    private GStreamerElements() {}

    /** Skips the test, and says why, where one of these elements is not installed. */
    public static void assumeInstalled(String... elements) {
        try {
            GStreamer.init();
            GStreamer.requireElements(elements);
        } catch (UnsatisfiedLinkError | GstMissingElementException e) {
            System.out.println("SKIPPED: " + e.getMessage());
            abort(e.getMessage());
        }
    }

    /** Skips the test where the default picture cannot be shown. */
    public static void assumeTestPicture() {
        assumeInstalled("videotestsrc", "videoconvert", "jpegenc", "appsink");
    }
}
