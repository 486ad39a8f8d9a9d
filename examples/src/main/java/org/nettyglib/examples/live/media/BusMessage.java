package org.nettyglib.examples.live.media;

/**
 * A message from the pipeline's bus, in words.
 *
 * @param kind what it means for the pipeline
 * @param type GStreamer's name for the type, for example {@code state-changed}
 * @param source the name of the element that sent it
 * @param text the details, empty where there are none
 */
public record BusMessage(Kind kind, String type, String source, String text) {

    /** What a message means for the pipeline. */
    public enum Kind {
        /** Nothing has to be done. */
        NOTE,
        /** Something is wrong, and the pipeline goes on. */
        WARNING,
        /** The pipeline failed. */
        ERROR,
        /** The pipeline has played to its end. */
        END
    }
}
