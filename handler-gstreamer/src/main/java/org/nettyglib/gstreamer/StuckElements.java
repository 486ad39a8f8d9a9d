package org.nettyglib.gstreamer;

import java.util.ArrayList;
import java.util.List;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstBin;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstElement.StateNow;

/** Says why a pipeline is not in a state: which of its elements are not. */
final class StuckElements {
    private StuckElements() {}

    /** {@return whether no element of a pipeline is on its way to another state} */
    static boolean none(long pipeline) {
        boolean atRest = true;
        for (long element : LibGstBin.elements(pipeline)) {
            StateNow now = LibGstElement.gst_element_get_state(element);
            atRest &= now.pending() == GstState.VOID_PENDING.ordinal()
                    && now.result() != LibGstElement.STATE_CHANGE_ASYNC;
            LibGst.gst_object_unref(element);
        }
        return atRest;
    }

    static String describe(NativePipeline pipeline, GstState target) {
        long retained = pipeline.retain();
        if (retained == 0) {
            return pipeline + " is closed";
        }
        try {
            List<String> changing = new ArrayList<>();
            List<String> elsewhere = new ArrayList<>();
            List<Long> elements = LibGstBin.elements(retained);
            for (long element : elements) {
                StateNow now = LibGstElement.gst_element_get_state(element);
                if (now.pending() != GstState.VOID_PENDING.ordinal()) {
                    changing.add(describe(element, now));
                } else if (now.state() != target.ordinal()) {
                    elsewhere.add(describe(element, now));
                }
                LibGst.gst_object_unref(element);
            }
            List<String> stuck = changing.isEmpty() ? elsewhere : changing;
            String whole = describe(retained, LibGstElement.gst_element_get_state(retained));
            return whole + " has to be " + target + (stuck.isEmpty() ? "" : "; not there: " + String.join(", ", stuck));
        } finally {
            NativePipeline.release(retained);
        }
    }

    private static String describe(long element, StateNow now) {
        GstState pending = GstState.of(now.pending());
        return LibGst.gst_object_get_name(element) + " (" + GstState.of(now.state())
                + (pending == GstState.VOID_PENDING ? "" : ", going to " + pending) + ')';
    }
}
