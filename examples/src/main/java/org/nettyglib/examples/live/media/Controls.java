package org.nettyglib.examples.live.media;

import java.util.List;
import java.util.Optional;
import org.freedesktop.gstreamer.gst.Element;
import org.freedesktop.gstreamer.gst.Gst;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.GStreamer;
import org.nettyglib.gstreamer.GstPipeline;

/**
 * The properties that can be turned while the pipeline runs: the first {@code videotestsrc}'s pattern and the first
 * {@code textoverlay}'s text.
 */
public final class Controls {

    /** The test patterns on offer, by GStreamer's names for them. */
    public static final List<String> PATTERNS =
            List.of("zone-plate", "ball", "pinwheel", "spokes", "circular", "gradient", "snow", "smpte");

    static final String FIRST_PATTERN = "zone-plate";

    /** What fits on a picture. */
    private static final int LONGEST_TEXT = 80;

    private final @Nullable Element source;
    private final @Nullable Element overlay;

    private String pattern;
    private String text = "";

    /** Finds the elements; the pattern that the first videotestsrc has is empty where it is not known. */
    Controls(GstPipeline pipeline, String pattern) {
        this.pattern = pattern;
        this.source = find(pipeline, "videotestsrc");
        this.overlay = find(pipeline, "textoverlay");
    }

    /**
     * Why the test pattern cannot be changed.
     *
     * @return the reason, empty if it can
     */
    public Optional<String> noPattern() {
        return source == null ? Optional.of("This pipeline has no videotestsrc.") : Optional.empty();
    }

    /**
     * Why there can be no text on the picture.
     *
     * @return the reason, empty if there can
     */
    public Optional<String> noText() {
        if (overlay != null) {
            return Optional.empty();
        }
        return Optional.of(
                GStreamer.hasElement("textoverlay")
                        ? "This pipeline has no textoverlay."
                        : "The GStreamer element textoverlay is missing. Debian and Ubuntu have it in gstreamer1.0-x.");
    }

    /**
     * Changes the test pattern; without an effect where {@link #noPattern()} has a reason.
     *
     * @param name one of {@link #PATTERNS}
     */
    public void pattern(String name) {
        if (source != null && PATTERNS.contains(name)) {
            Gst.utilSetObjectArg(source, "pattern", name);
            pattern = name;
        }
    }

    /**
     * Writes on the picture; without an effect where {@link #noText()} has a reason.
     *
     * @param wanted plain text, cut if it is too long; an empty one takes the text away
     */
    public void text(String wanted) {
        if (overlay != null) {
            String plain = wanted.codePoints()
                    .filter(c -> !Character.isISOControl(c))
                    .limit(LONGEST_TEXT)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            // The element reads Pango's markup.
            overlay.setProperty(
                    "text", plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
            text = plain;
        }
    }

    /**
     * The pattern that was set last.
     *
     * @return its name, empty as long as it is the one of the user's own pipeline
     */
    public String pattern() {
        return pattern;
    }

    /**
     * The text that was set last.
     *
     * @return the text, perhaps empty
     */
    public String text() {
        return text;
    }

    void copy(Controls other) {
        if (!other.pattern.isEmpty()) {
            pattern(other.pattern);
        }
        if (!other.text.isEmpty()) {
            text(other.text);
        }
    }

    private static @Nullable Element find(GstPipeline pipeline, String factory) {
        return pipeline.elements(factory).stream()
                .findFirst()
                .map(name -> pipeline.element(name, Element.class))
                .orElse(null);
    }
}
