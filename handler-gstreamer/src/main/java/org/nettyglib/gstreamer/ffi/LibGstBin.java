package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.LibGobject;

/**
 * Bins and pipelines. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstbin.html">GstBin</a>
 */
public final class LibGstBin {
    private static final MethodHandle PIPELINE_NEW =
            GstLibraries.GSTREAMER.bind("gst_pipeline_new", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PIPELINE_GET_TYPE =
            GstLibraries.GSTREAMER.bind("gst_pipeline_get_type", JAVA_LONG);
    private static final MethodHandle ADD = GstLibraries.GSTREAMER.bind("gst_bin_add", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_BY_NAME =
            GstLibraries.GSTREAMER.bind("gst_bin_get_by_name", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RECALCULATE_LATENCY =
            GstLibraries.GSTREAMER.bind("gst_bin_recalculate_latency", JAVA_INT, JAVA_LONG);
    private static final MethodHandle ITERATE =
            GstLibraries.GSTREAMER.bind("gst_bin_iterate_recurse", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ITERATE_SOURCES =
            GstLibraries.GSTREAMER.bind("gst_bin_iterate_sources", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ITERATE_SINKS =
            GstLibraries.GSTREAMER.bind("gst_bin_iterate_sinks", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ITERATOR_NEXT =
            GstLibraries.GSTREAMER.bind("gst_iterator_next", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ITERATOR_RESYNC =
            GstLibraries.GSTREAMER.bindVoid("gst_iterator_resync", JAVA_LONG);
    private static final MethodHandle ITERATOR_FREE = GstLibraries.GSTREAMER.bindVoid("gst_iterator_free", JAVA_LONG);
    private static final MethodHandle VALUE_DUP_OBJECT =
            GstLibraries.GSTREAMER.bind("g_value_dup_object", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle VALUE_UNSET = GstLibraries.GSTREAMER.bindVoid("g_value_unset", JAVA_LONG);

    // GstIteratorResult of gst/gstiterator.h
    private static final int ITERATOR_OK = 1;
    private static final int ITERATOR_RESYNC_NEEDED = 2;

    /** {@code sizeof(GValue)}, gobject/gvalue.h. */
    private static final int VALUE_BYTES = 24;

    private LibGstBin() {}

    /** {@return a pipeline with a name of its own and a floating reference} */
    public static long gst_pipeline_new() {
        try {
            return (long) PIPELINE_NEW.invokeExact(0L);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean isPipeline(long element) {
        try {
            return LibGobject.g_type_check_instance_is_a(element, (long) PIPELINE_GET_TYPE.invokeExact());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether it was added} The bin takes the floating reference of the element. */
    public static boolean gst_bin_add(long bin, long element) {
        try {
            return (int) ADD.invokeExact(bin, element) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the element with a reference of the caller's, or 0} */
    public static long gst_bin_get_by_name(long bin, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) GET_BY_NAME.invokeExact(
                    bin, arena.allocateFrom(name, StandardCharsets.UTF_8).address());
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean gst_bin_recalculate_latency(long bin) {
        try {
            return (int) RECALCULATE_LATENCY.invokeExact(bin) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return all elements, also those in bins inside, each with a reference of the caller's} */
    public static List<Long> elements(long bin) {
        return iterate(ITERATE, bin);
    }

    /** {@return the sources, and the bins inside that have some, each with a reference of the caller's} */
    public static List<Long> sources(long bin) {
        return iterate(ITERATE_SOURCES, bin);
    }

    /** {@return the sinks, and the bins inside that have some, each with a reference of the caller's} */
    public static List<Long> sinks(long bin) {
        return iterate(ITERATE_SINKS, bin);
    }

    private static List<Long> iterate(MethodHandle iterate, long bin) {
        List<Long> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            long value = arena.allocate(VALUE_BYTES, Long.BYTES).address();
            long iterator = (long) iterate.invokeExact(bin);
            int result = (int) ITERATOR_NEXT.invokeExact(iterator, value);
            while (result == ITERATOR_OK || result == ITERATOR_RESYNC_NEEDED) {
                if (result == ITERATOR_OK) {
                    found.add((long) VALUE_DUP_OBJECT.invokeExact(value));
                    VALUE_UNSET.invokeExact(value);
                } else {
                    found.forEach(LibGst::gst_object_unref);
                    found.clear();
                    ITERATOR_RESYNC.invokeExact(iterator);
                }
                result = (int) ITERATOR_NEXT.invokeExact(iterator, value);
            }
            ITERATOR_FREE.invokeExact(iterator);
            return found;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
