package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/** Calls of GStreamer that only tests need. Slow: each call looks its function up. */
public final class RawGst {
    private static final Bindings BASE = Bindings.of("libgstbase-1.0.so.0", "install libgstreamer1.0-0");

    /** {@code GST_EVENT_EOS} of gst/gstevent.h: number 110, downstream, serialized, sticky. */
    private static final int EVENT_EOS = 110 << 8 | 1 << 1 | 1 << 2 | 1 << 3;

    /** Of {@code struct _GValue}, after the type. */
    private static final long VALUE_DATA = 8;

    private RawGst() {}

    private static long call(Bindings library, String function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemoryLayout[] layouts = Stream.of(arguments)
                    .map(argument -> argument instanceof Integer ? JAVA_INT : JAVA_LONG)
                    .toArray(MemoryLayout[]::new);
            Object[] raw = IntStream.range(0, arguments.length)
                    .mapToObj(i -> arguments[i] instanceof String text ? (Object) string(arena, text) : arguments[i])
                    .toArray();
            return (long) library.bind(function, FunctionDescriptor.of(JAVA_LONG, layouts))
                    .invokeWithArguments(raw);
        } catch (Throwable t) {
            throw new AssertionError(function, t);
        }
    }

    private static long string(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_8).address();
    }

    private static long gst(String function, Object... arguments) {
        return call(GstLibraries.GSTREAMER, function, arguments);
    }

    /** Sets a property to what a text means. */
    public static void set(long object, String property, String value) {
        gst("gst_util_set_object_arg", object, property, value);
    }

    /** Posts a message of an element's, or of a pipeline's. */
    public static void post(long element, long message) {
        gst("gst_element_post_message", element, message);
    }

    public static long newClockLost(long source) {
        long clock = gst("gst_system_clock_obtain");
        long message = gst("gst_message_new_clock_lost", source, clock);
        LibGst.gst_object_unref(clock);
        return message;
    }

    public static long newLatency(long source) {
        return gst("gst_message_new_latency", source);
    }

    public static long newDurationChanged(long source) {
        return gst("gst_message_new_duration_changed", source);
    }

    public static long newBuffering(long source, int percent) {
        return gst("gst_message_new_buffering", source, percent);
    }

    public static long newQos(long source, long time) {
        return gst("gst_message_new_qos", source, 1, time, time + 1, time + 2, time + 3);
    }

    public static long newTag(long source, String tags) {
        return gst("gst_message_new_tag", source, gst("gst_tag_list_new_from_string", tags));
    }

    /** @param kind {@code error}, {@code warning} or {@code info} */
    public static long newReport(String kind, long source, String text, String debug) {
        int domain = (int) gst("gst_library_error_quark");
        long error = gst("g_error_new_literal", domain, 2, text);
        long message = gst("gst_message_new_" + kind, source, error, debug);
        gst("g_error_free", error);
        return message;
    }

    /** @param kind {@code application} or {@code element} */
    public static long newStructured(String kind, long source, String structure) {
        return gst("gst_message_new_" + kind, source, gst("gst_structure_from_string", structure, 0L));
    }

    /** The latency that a sink was told, in nanoseconds. */
    public static long latency(long sink) {
        return call(BASE, "gst_base_sink_get_latency", sink);
    }

    /** Whether an element keeps its state whatever becomes of its pipeline's. */
    public static void lockState(long element, boolean locked) {
        gst("gst_element_set_locked_state", element, locked ? 1 : 0);
    }

    /** Sends the thread of a source to sleep. */
    public static void pauseTask(long source) {
        long pad = gst("gst_element_get_static_pad", source, "src");
        gst("gst_pad_pause_task", pad);
        LibGst.gst_object_unref(pad);
    }

    /** Whether a sink has got the end of the stream and, as it keeps the event after that, told the bus. */
    public static boolean hasEos(long sink) {
        long pad = gst("gst_element_get_static_pad", sink, "sink");
        long event = gst("gst_pad_get_sticky_event", pad, EVENT_EOS, 0);
        LibGst.gst_object_unref(pad);
        if (event != 0) {
            LibGstMiniObject.gst_mini_object_unref(event);
        }
        return event != 0;
    }

    /** The types of the objects that GStreamer's tracer of leaks, which has to be active, knows of. */
    public static String[] liveObjects() {
        long tracers = gst("gst_tracing_get_active_tracers");
        if (tracers == 0) {
            throw new AssertionError("GST_TRACERS=leaks is not set");
        }
        long tracer = Memory.getLong(tracers);
        try (Arena arena = Arena.ofConfined()) {
            long slot = arena.allocate(ValueLayout.JAVA_LONG).address();
            GstLibraries.GSTREAMER
                    .bind(
                            "g_signal_emit_by_name",
                            FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG),
                            java.lang.foreign.Linker.Option.firstVariadicArg(2))
                    .invokeExact(tracer, string(arena, "get-live-objects"), slot);
            long structure = Memory.getLong(slot);
            long list = gst("gst_structure_get_value", structure, "live-objects-list");
            int size = (int) gst("gst_value_list_get_size", list);
            String[] objects = new String[size];
            for (int i = 0; i < size; i++) {
                long value = gst("gst_value_list_get_value", list, i);
                long one = gst("gst_value_get_structure", value);
                long object = gst("gst_structure_get_value", one, "object");
                long type = Memory.getLong(object);
                objects[i] = Memory.getString(gst("g_type_name", type));
                // The tracer has put it there without a reference, which would be dropped with the structure.
                Memory.putLong(object + VALUE_DATA, 0);
            }
            gst("gst_structure_free", structure);
            LibGst.gst_object_unref(tracer);
            gst("g_list_free", tracers);
            return objects;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
