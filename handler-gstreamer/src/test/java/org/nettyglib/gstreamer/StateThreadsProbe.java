package org.nettyglib.gstreamer;

import java.util.Arrays;

/** Looks at the threads that make GStreamer's calls. */
final class StateThreadsProbe {
    private StateThreadsProbe() {}

    /** Whether one of them is in the call that changes a state. */
    static boolean isInSetState() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("gst-state"))
                .flatMap(entry -> Arrays.stream(entry.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("gst_element_set_state"));
    }
}
