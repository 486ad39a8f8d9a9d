package org.nettyglib.gstreamer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.GstError;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstBin;
import org.nettyglib.gstreamer.ffi.LibGstElement;
import org.nettyglib.gstreamer.ffi.LibGstParse;

/**
 * A GstPipeline and a reference to it, which is given back once. From any thread: who uses the object takes a reference for that
 * time, because another thread may give this one back meanwhile.
 */
final class NativePipeline {
    private final long address;
    private final String name;

    /** Guarded by this. */
    private boolean freed;

    /** @param address with a reference, which is this object's from here on */
    private NativePipeline(long address) {
        this.address = address;
        name = LibGst.gst_object_get_name(address);
    }

    /** A pipeline that somebody else has a reference to. */
    static NativePipeline of(long address) {
        LibGst.gst_object_ref(address);
        return new NativePipeline(address);
    }

    static NativePipeline parse(String description) {
        LibGstParse.Parsed parsed = LibGstParse.gst_parse_launch_full(description);
        // Elements that refuse a property are among them, too.
        List<String> missing = parsed.missing().stream()
                .filter(element -> !GStreamer.hasElement(element))
                .toList();
        if (!missing.isEmpty() || parsed.element() == 0) {
            drop(parsed.element());
            throw missing.isEmpty() ? refusal(description, parsed.error()) : new GstMissingElementException(missing);
        }
        // A new object has a floating reference.
        LibGst.gst_object_ref_sink(parsed.element());
        return LibGstBin.isPipeline(parsed.element()) ? new NativePipeline(parsed.element()) : around(parsed.element());
    }

    private static void drop(long element) {
        if (element != 0) {
            LibGst.gst_object_ref_sink(element);
            LibGst.gst_object_unref(element);
        }
    }

    private static GstException refusal(String description, @Nullable GstError error) {
        return error == null
                ? new GstException("", "gst-parse-error-quark", 0, "no pipeline: \"" + description + '"', null)
                : new GstException(
                        "",
                        error.domain(),
                        error.code(),
                        error.message() + ", in the pipeline \"" + description + '"',
                        null);
    }

    /** A single element is not a pipeline to GStreamer's parser. */
    private static NativePipeline around(long element) {
        long pipeline = LibGstBin.gst_pipeline_new();
        LibGst.gst_object_ref_sink(pipeline);
        boolean added = LibGstBin.gst_bin_add(pipeline, element);
        LibGst.gst_object_unref(element);
        if (!added) {
            LibGst.gst_object_unref(pipeline);
            throw new GstException("", "gst-parse-error-quark", 0, "the element does not get into a pipeline", null);
        }
        return new NativePipeline(pipeline);
    }

    long address() {
        return address;
    }

    String name() {
        return name;
    }

    /** {@return the address, to be {@linkplain #release released}; 0 if the reference was given back} */
    synchronized long retain() {
        if (freed) {
            return 0;
        }
        LibGst.gst_object_ref(address);
        return address;
    }

    /** @param retained what {@link #retain} has returned, and not 0 */
    static void release(long retained) {
        LibGst.gst_object_unref(retained);
    }

    /** Gives the reference back, which may be the last one: the pipeline is in the state {@code NULL}. */
    void free() {
        synchronized (this) {
            if (freed) {
                return;
            }
            freed = true;
        }
        LibGst.gst_object_unref(address);
    }

    /** {@return the state that it is in} Waits for nothing. */
    GstState state() {
        long retained = retain();
        if (retained == 0) {
            return GstState.NULL;
        }
        try {
            return GstState.of(LibGstElement.gst_element_get_state(retained).state());
        } finally {
            release(retained);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
