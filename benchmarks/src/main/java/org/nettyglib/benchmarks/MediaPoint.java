package org.nettyglib.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is sent to how many.
 *
 * @param stream what every client gets
 * @param framesPerSecond its pace
 * @param clients how many there are
 */
public record MediaPoint(Stream stream, int framesPerSecond, int clients) {

    /** So many frames a second to all clients together are well below what any of the servers can send. */
    static final int FRAMES_TO_ALL = 16_000;

    /** From so many on sending is the work; with fewer it is waking up, with cold caches. */
    private static final int FRAMES_OF_BUSY = 2_000;

    /** Busy ones, and live ones to few clients; those of the same stream and pace share servers. */
    static final List<MediaPoint> ALL = List.of(
            new MediaPoint(Stream.VIDEO, 2_000, 1),
            new MediaPoint(Stream.VIDEO, 500, 16),
            new MediaPoint(Stream.VIDEO, 60, 256),
            new MediaPoint(Stream.VIDEO, 60, 16),
            new MediaPoint(Stream.VIDEO, 60, 1),
            new MediaPoint(Stream.TS, 2_000, 1),
            new MediaPoint(Stream.TS, 500, 16),
            new MediaPoint(Stream.TS, 60, 256));

    /** Whether the server is busy with sending. */
    boolean isBusy() {
        return framesPerSecond * clients >= FRAMES_OF_BUSY;
    }

    /** The same stream to more clients where its pace is low. */
    MediaPoint warmUp() {
        return new MediaPoint(
                stream, framesPerSecond, Math.max(clients, Math.min(256, FRAMES_TO_ALL / framesPerSecond)));
    }

    /** The pipeline up to the element that sends, as {@code gst-launch-1.0} takes it. A picture of noise shows any byte that is not in its place. */
    String source() {
        return ("videotestsrc num-buffers=1 pattern=snow ! video/x-raw,format=GRAY8,width=%d,height=%d"
                        + " ! imagefreeze is-live=true ! video/x-raw,framerate=%d/1")
                .formatted(stream.width, stream.height, framesPerSecond);
    }

    /**
     * Frames of one size. They are pictures of one byte a pixel, because nothing makes frames of a chosen size and pace
     * for less than {@code imagefreeze}: it repeats one frame without copying it, so that next to all that is measured is the sending.
     */
    public enum Stream {
        /** As an encoder gives it: some 7.9 Mbit/s at 60 pictures a second. */
        VIDEO("video", 164, 100),
        /** As a multiplexer gives it: seven packets of an MPEG transport stream, the usual payload of a datagram. */
        TS("ts", 28, 47);

        private final String id;
        private final int width;
        private final int height;

        Stream(String id, int width, int height) {
            this.id = id;
            this.width = width;
            this.height = height;
        }

        /** The name on the command line. */
        public String id() {
            return id;
        }

        public int frameBytes() {
            return width * height;
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
                "%s%s, %,d B × %,d/s, %d %s",
                isBusy() ? "" : "live ",
                stream.id,
                stream.frameBytes(),
                framesPerSecond,
                clients,
                clients == 1 ? "client" : "clients");
    }
}
