package org.nettyglib.examples.live.media;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.freedesktop.gstreamer.gst.ElementFactory;

/** Names what is missing, and the Debian package to get it from. */
final class Requirements {

    private static final String BASE = "gstreamer1.0-plugins-base";
    private static final String GOOD = "gstreamer1.0-plugins-good";
    /** Debian keeps everything that needs Pango apart from the base plug-ins. */
    private static final String PANGO = "gstreamer1.0-x";

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("appsink", BASE),
            Map.entry("audioconvert", BASE),
            Map.entry("audioresample", BASE),
            Map.entry("audiotestsrc", BASE),
            Map.entry("clockoverlay", PANGO),
            Map.entry("decodebin", BASE),
            Map.entry("jpegenc", GOOD),
            Map.entry("playbin", BASE),
            Map.entry("textoverlay", PANGO),
            Map.entry("timeoverlay", PANGO),
            Map.entry("uridecodebin", BASE),
            Map.entry("v4l2src", GOOD),
            Map.entry("videoconvert", BASE),
            Map.entry("videorate", BASE),
            Map.entry("videoscale", BASE),
            Map.entry("videotestsrc", BASE));

    private static final Pattern NO_SUCH_ELEMENT = Pattern.compile("no element \"([^\"]+)\"");

    private Requirements() {}

    static boolean present(String element) {
        return ElementFactory.find(element) != null;
    }

    static void require(String... elements) {
        for (String element : elements) {
            if (!present(element)) {
                throw new MediaException(missing(element));
            }
        }
    }

    static String missing(String element) {
        String debian = PACKAGES.get(element);
        return debian == null
                ? "The GStreamer element \"" + element + "\" is missing. Is the name right? \"gst-inspect-1.0 | grep "
                        + element + "\" shows what is installed, \"apt-file search " + element
                        + "\" may name a package that has it."
                : "The GStreamer element \"" + element + "\" is missing. Debian and Ubuntu have it in " + debian
                        + ": sudo apt install " + debian;
    }

    /** The element that GStreamer's parser did not find, if that is what its error says. */
    static Optional<String> missingElement(String parserMessage) {
        Matcher matcher = NO_SUCH_ELEMENT.matcher(parserMessage);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
