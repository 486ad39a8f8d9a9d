package org.nettyglib.examples.live.media;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is to be seen. */
public sealed interface Picture {

    /**
     * The format that the encoder is given.
     *
     * @param width in pixels
     * @param height in pixels
     * @param fps frames per second
     */
    record Format(int width, int height, int fps) {

        String caps() {
            return "video/x-raw,width=%d,height=%d,framerate=%d/1,pixel-aspect-ratio=1/1".formatted(width, height, fps);
        }
    }

    /**
     * A test picture made by GStreamer, which needs no camera and no file.
     *
     * @param format the size and the rate it is made in
     * @param sound whether a metronome ticks along
     */
    record Test(Format format, boolean sound) implements Picture {}

    /**
     * A media file.
     *
     * @param file an existing file
     * @param format the size and the rate it is scaled to, with borders where the shape differs
     * @param sound whether its sound is wanted
     */
    record File(Path file, Format format, boolean sound) implements Picture {}

    /**
     * The user's own pipeline.
     *
     * @param description as {@code gst-launch-1.0} takes it, ending in an element with raw video
     * @param format what it is scaled to, or null to leave it as it comes
     */
    record Own(String description, @Nullable Format format) implements Picture {}
}
