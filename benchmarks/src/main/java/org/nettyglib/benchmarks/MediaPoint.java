package org.nettyglib.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is sent to how many.
 *
 * @param stream what every client gets
 * @param clients how many there are
 */
public record MediaPoint(Stream stream, int clients) {

    /**
     * Frames of one size at an even pace. They are pictures of one byte a pixel, because nothing makes frames of a chosen size and pace
     * for less than {@code imagefreeze}: it repeats one frame without copying it, so that next to all that is measured is the sending.
     */
    public enum Stream {
        /** As an encoder gives it: some 7.9 Mbit/s at 60 pictures a second. */
        VIDEO("video", 164, 100, 60),
        /** As a multiplexer gives it: seven packets of an MPEG transport stream, the usual payload of a datagram; some 2.6 Mbit/s. */
        TS("ts", 28, 47, 250);

        private final String id;
        private final int width;
        private final int height;
        private final int framesPerSecond;

        Stream(String id, int width, int height, int framesPerSecond) {
            this.id = id;
            this.width = width;
            this.height = height;
            this.framesPerSecond = framesPerSecond;
        }

        /** The name on the command line. */
        public String id() {
            return id;
        }

        public int frameBytes() {
            return width * height;
        }

        public int framesPerSecond() {
            return framesPerSecond;
        }

        /** The pipeline up to the element that sends, as {@code gst-launch-1.0} takes it. A picture of noise shows any byte that is not in its place. */
        public String source() {
            return ("videotestsrc num-buffers=1 pattern=snow ! video/x-raw,format=GRAY8,width=%d,height=%d"
                            + " ! imagefreeze is-live=true ! video/x-raw,framerate=%d/1")
                    .formatted(width, height, framesPerSecond);
        }

        public static Stream byId(String id) {
            return Arrays.stream(values())
                    .filter(stream -> stream.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown stream '" + id + "', known: "
                            + Arrays.stream(values()).map(Stream::id).collect(Collectors.joining(", "))));
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %,d B × %d/s, %d %s",
                stream.id,
                stream.frameBytes(),
                stream.framesPerSecond,
                clients,
                clients == 1 ? "client" : "clients");
    }
}
