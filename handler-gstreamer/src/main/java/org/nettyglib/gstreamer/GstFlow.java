package org.nettyglib.gstreamer;

/** What an element says to a buffer: {@code GstFlowReturn} of {@code gst/gstpad.h}, as far as an appsrc answers with it. */
enum GstFlow {
    OK,
    FLUSHING,
    EOS,
    ERROR;

    static GstFlow of(int flowReturn) {
        return switch (flowReturn) {
            case 0 -> OK;
            case -2 -> FLUSHING;
            case -3 -> EOS;
            default -> ERROR;
        };
    }
}
