package org.nettyglib.examples.live.web;

import java.util.Optional;
import org.nettyglib.gstreamer.GstBusMessage;
import org.nettyglib.gstreamer.GstException;

/**
 * A message of the pipeline's bus in words.
 *
 * @param kind what it means for the pipeline
 * @param type GStreamer's name for the type
 * @param source the name of the element that sent it
 * @param text the details, empty where there are none
 */
record BusWords(Kind kind, String type, String source, String text) {

    /** What a message means for the pipeline. */
    enum Kind {
        /** Nothing has to be done. */
        NOTE,
        /** Something is wrong, and the pipeline goes on. */
        WARNING,
        /** The pipeline failed. */
        ERROR,
        /** The pipeline has played to its end. */
        END
    }

    /** Empty for what comes several times per second and element, with nothing in it for a reader. */
    static Optional<BusWords> of(GstBusMessage message) {
        String source = message.source();
        return Optional.ofNullable(
                switch (message) {
                    case GstBusMessage.Error m -> new BusWords(Kind.ERROR, "error", source, text(m.cause()));
                    case GstBusMessage.Warning m -> new BusWords(Kind.WARNING, "warning", source, text(m.cause()));
                    case GstBusMessage.EndOfStream _ -> new BusWords(Kind.END, "eos", source, "");
                    case GstBusMessage.Info m -> note("info", source, text(m.cause()));
                    case GstBusMessage.StateChanged m ->
                        m.ofPipeline() ? note("state-changed", source, m.before() + " → " + m.after()) : null;
                    case GstBusMessage.Buffering m -> note("buffering", source, m.percent() + " %");
                    case GstBusMessage.AsyncDone _ -> note("async-done", source, "");
                    case GstBusMessage.Latency _ -> note("latency", source, "");
                    case GstBusMessage.ClockLost _ -> note("clock-lost", source, "");
                    case GstBusMessage.StreamStart _ -> note("stream-start", source, "");
                    case GstBusMessage.DurationChanged _ -> note("duration-changed", source, "");
                    case GstBusMessage.Element m -> note("element", source, m.name());
                    case GstBusMessage.Application m -> note("application", source, m.name());
                    case GstBusMessage.Other m -> m.type().equals("stream-status") ? null : note(m.type(), source, "");
                    case GstBusMessage.Tag _, GstBusMessage.Qos _ -> null;
                });
    }

    private static BusWords note(String type, String source, String text) {
        return new BusWords(Kind.NOTE, type, source, text);
    }

    private static String text(GstException cause) {
        String debug = cause.debug();
        return debug == null ? String.valueOf(cause.getMessage()) : cause.getMessage() + "\n" + debug;
    }
}
