package org.nettyglib.gstreamer;

import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstMessage;
import org.nettyglib.gstreamer.ffi.LibGstMessage.Quality;
import org.nettyglib.gstreamer.ffi.LibGstMessage.Report;

/** Makes objects of GStreamer's messages. */
final class BusMessages {
    private BusMessages() {}

    /**
     * Copies a message.
     *
     * @param message a GstMessage, which stays the caller's
     * @param pipeline address of the pipeline
     */
    static GstBusMessage of(long message, long pipeline) {
        int type = LibGstMessage.type(message);
        String source = source(message);
        return switch (type) {
            case LibGstMessage.EOS -> new GstBusMessage.EndOfStream(source);
            case LibGstMessage.ERROR ->
                new GstBusMessage.Error(source, exception(source, LibGstMessage.gst_message_parse_error(message)));
            case LibGstMessage.WARNING ->
                new GstBusMessage.Warning(source, exception(source, LibGstMessage.gst_message_parse_warning(message)));
            case LibGstMessage.INFO ->
                new GstBusMessage.Info(source, exception(source, LibGstMessage.gst_message_parse_info(message)));
            case LibGstMessage.TAG -> new GstBusMessage.Tag(source, LibGstMessage.gst_message_parse_tag(message));
            case LibGstMessage.BUFFERING ->
                new GstBusMessage.Buffering(source, LibGstMessage.gst_message_parse_buffering(message));
            case LibGstMessage.STATE_CHANGED -> stateChanged(source, LibGstMessage.src(message) == pipeline, message);
            case LibGstMessage.CLOCK_LOST -> new GstBusMessage.ClockLost(source);
            case LibGstMessage.APPLICATION ->
                new GstBusMessage.Application(
                        source, LibGstMessage.structureName(message), LibGstMessage.structureText(message));
            case LibGstMessage.ELEMENT ->
                new GstBusMessage.Element(
                        source, LibGstMessage.structureName(message), LibGstMessage.structureText(message));
            case LibGstMessage.DURATION_CHANGED -> new GstBusMessage.DurationChanged(source);
            case LibGstMessage.LATENCY -> new GstBusMessage.Latency(source);
            case LibGstMessage.ASYNC_DONE ->
                new GstBusMessage.AsyncDone(source, LibGstMessage.gst_message_parse_async_done(message));
            case LibGstMessage.QOS -> qos(source, LibGstMessage.gst_message_parse_qos(message));
            case LibGstMessage.STREAM_START -> new GstBusMessage.StreamStart(source);
            default ->
                new GstBusMessage.Other(
                        source, LibGstMessage.gst_message_type_get_name(type), LibGstMessage.structureText(message));
        };
    }

    private static String source(long message) {
        long source = LibGstMessage.src(message);
        return source == 0 ? GstBusMessage.APPLICATION : LibGst.gst_object_get_name(source);
    }

    private static GstException exception(String source, Report report) {
        return new GstException(source, report.error(), report.debug());
    }

    private static GstBusMessage stateChanged(String source, boolean ofPipeline, long message) {
        int[] states = LibGstMessage.gst_message_parse_state_changed(message);
        return new GstBusMessage.StateChanged(
                source, ofPipeline, GstState.of(states[0]), GstState.of(states[1]), GstState.of(states[2]));
    }

    private static GstBusMessage qos(String source, Quality quality) {
        return new GstBusMessage.Qos(
                source,
                quality.live(),
                quality.runningTime(),
                quality.streamTime(),
                quality.timestamp(),
                quality.duration());
    }
}
