package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.Memory;

/**
 * Messages on a bus. From any thread that holds a reference to the message.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstmessage.html">GstMessage</a>
 */
public final class LibGstMessage {
    // GstMessageType of gst/gstmessage.h
    public static final int EOS = 1;
    public static final int ERROR = 1 << 1;
    public static final int WARNING = 1 << 2;
    public static final int INFO = 1 << 3;
    public static final int TAG = 1 << 4;
    public static final int BUFFERING = 1 << 5;
    public static final int STATE_CHANGED = 1 << 6;
    public static final int CLOCK_LOST = 1 << 10;
    public static final int APPLICATION = 1 << 14;
    public static final int ELEMENT = 1 << 15;
    public static final int DURATION_CHANGED = 1 << 18;
    public static final int LATENCY = 1 << 19;
    public static final int ASYNC_DONE = 1 << 21;
    public static final int QOS = 1 << 24;
    public static final int STREAM_START = 1 << 28;

    // struct _GstMessage { GstMiniObject mini_object (64 bytes); GstMessageType type; guint64 timestamp; GstObject
    // *src; … }
    private static final long TYPE_OFFSET = 64;
    private static final long SRC_OFFSET = 80;

    private static final MethodHandle PARSE_ERROR = parse("gst_message_parse_error");
    private static final MethodHandle PARSE_WARNING = parse("gst_message_parse_warning");
    private static final MethodHandle PARSE_INFO = parse("gst_message_parse_info");
    private static final MethodHandle PARSE_STATE_CHANGED = GstLibraries.GSTREAMER.bindVoid(
            "gst_message_parse_state_changed", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PARSE_BUFFERING =
            GstLibraries.GSTREAMER.bindVoid("gst_message_parse_buffering", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PARSE_ASYNC_DONE =
            GstLibraries.GSTREAMER.bindVoid("gst_message_parse_async_done", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PARSE_TAG =
            GstLibraries.GSTREAMER.bindVoid("gst_message_parse_tag", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PARSE_QOS = GstLibraries.GSTREAMER.bindVoid(
            "gst_message_parse_qos", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TAG_LIST_TO_STRING =
            GstLibraries.GSTREAMER.bind("gst_tag_list_to_string", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_STRUCTURE =
            GstLibraries.GSTREAMER.bind("gst_message_get_structure", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRUCTURE_TO_STRING =
            GstLibraries.GSTREAMER.bind("gst_structure_to_string", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRUCTURE_GET_NAME =
            GstLibraries.GSTREAMER.bind("gst_structure_get_name", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TYPE_GET_NAME =
            GstLibraries.GSTREAMER.bind("gst_message_type_get_name", JAVA_LONG, JAVA_INT);

    private LibGstMessage() {}

    private static MethodHandle parse(String function) {
        return GstLibraries.GSTREAMER.bindVoid(function, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    }

    /**
     * An error, a warning or an information.
     *
     * @param error what an element says
     * @param debug where in GStreamer's code, and more of what it was about
     */
    public record Report(GstError error, @Nullable String debug) {}

    /**
     * How late or early a buffer was.
     *
     * @param live whether the stream is live
     * @param runningTime of the buffer, in nanoseconds
     * @param streamTime of the buffer, in nanoseconds
     * @param timestamp of the buffer, in nanoseconds
     * @param duration of the buffer, in nanoseconds
     */
    public record Quality(boolean live, long runningTime, long streamTime, long timestamp, long duration) {}

    /** {@return one of the constants of this class, or another} */
    public static int type(long message) {
        return Memory.getInt(message + TYPE_OFFSET);
    }

    /** {@return the object that the message is from, alive as long as the message is; 0 if there is none} */
    public static long src(long message) {
        return Memory.getLong(message + SRC_OFFSET);
    }

    public static String gst_message_type_get_name(int type) {
        try {
            long name = (long) TYPE_GET_NAME.invokeExact(type);
            return name == 0 ? "unknown" : Memory.getString(name);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static Report gst_message_parse_error(long message) {
        return report(PARSE_ERROR, message);
    }

    public static Report gst_message_parse_warning(long message) {
        return report(PARSE_WARNING, message);
    }

    public static Report gst_message_parse_info(long message) {
        return report(PARSE_INFO, message);
    }

    private static Report report(MethodHandle parse, long message) {
        try {
            long error = Scratch.cleared();
            long debug = error + Long.BYTES;
            parse.invokeExact(message, error, debug);
            String where = CStrings.take(Memory.getLong(debug));
            return new Report(GstError.take(Memory.getLong(error)), where);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the numbers of the old, the new and the pending state} */
    public static int[] gst_message_parse_state_changed(long message) {
        try {
            long states = Scratch.cleared();
            PARSE_STATE_CHANGED.invokeExact(message, states, states + Integer.BYTES, states + 2L * Integer.BYTES);
            return new int[] {
                Memory.getInt(states), Memory.getInt(states + Integer.BYTES), Memory.getInt(states + 2L * Integer.BYTES)
            };
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return per cent} */
    public static int gst_message_parse_buffering(long message) {
        try {
            long percent = Scratch.cleared();
            PARSE_BUFFERING.invokeExact(message, percent);
            return Memory.getInt(percent);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a time in nanoseconds, or -1} */
    public static long gst_message_parse_async_done(long message) {
        try {
            long time = Scratch.cleared();
            PARSE_ASYNC_DONE.invokeExact(message, time);
            return Memory.getLong(time);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the tags as GStreamer writes them} */
    public static String gst_message_parse_tag(long message) {
        try {
            long slot = Scratch.cleared();
            PARSE_TAG.invokeExact(message, slot);
            long tags = Memory.getLong(slot);
            String text = CStrings.take((long) TAG_LIST_TO_STRING.invokeExact(tags));
            LibGstMiniObject.gst_mini_object_unref(tags);
            return Objects.requireNonNullElse(text, "");
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static Quality gst_message_parse_qos(long message) {
        try {
            long live = Scratch.cleared();
            long runningTime = live + Long.BYTES;
            long streamTime = runningTime + Long.BYTES;
            long timestamp = streamTime + Long.BYTES;
            long duration = timestamp + Long.BYTES;
            PARSE_QOS.invokeExact(message, live, runningTime, streamTime, timestamp, duration);
            return new Quality(
                    Memory.getInt(live) != 0,
                    Memory.getLong(runningTime),
                    Memory.getLong(streamTime),
                    Memory.getLong(timestamp),
                    Memory.getLong(duration));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the name of the structure in the message, or an empty text} */
    public static String structureName(long message) {
        try {
            long structure = (long) GET_STRUCTURE.invokeExact(message);
            return structure == 0 ? "" : Memory.getString((long) STRUCTURE_GET_NAME.invokeExact(structure));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the structure in the message as GStreamer writes it, or an empty text} */
    public static String structureText(long message) {
        try {
            long structure = (long) GET_STRUCTURE.invokeExact(message);
            if (structure == 0) {
                return "";
            }
            return Objects.requireNonNullElse(CStrings.take((long) STRUCTURE_TO_STRING.invokeExact(structure)), "");
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
