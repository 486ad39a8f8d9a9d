package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * Elements and their states. From any thread, but not all from one that may not wait.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstelement.html">GstElement</a>
 */
public final class LibGstElement {
    // GstStateChangeReturn of gst/gstelement.h
    public static final int STATE_CHANGE_FAILURE = 0;
    public static final int STATE_CHANGE_SUCCESS = 1;
    public static final int STATE_CHANGE_ASYNC = 2;
    public static final int STATE_CHANGE_NO_PREROLL = 3;

    private static final MethodHandle SET_STATE =
            GstLibraries.GSTREAMER.bind("gst_element_set_state", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GET_STATE =
            GstLibraries.GSTREAMER.bind("gst_element_get_state", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_BUS =
            GstLibraries.GSTREAMER.bind("gst_element_get_bus", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SEND_EVENT =
            GstLibraries.GSTREAMER.bind("gst_element_send_event", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle EVENT_NEW_EOS = GstLibraries.GSTREAMER.bind("gst_event_new_eos", JAVA_LONG);

    private static final MethodHandle GET_STATIC_PAD =
            GstLibraries.GSTREAMER.bind("gst_element_get_static_pad", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_STICKY_EVENT =
            GstLibraries.GSTREAMER.bind("gst_pad_get_sticky_event", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle GET_TASK_STATE =
            GstLibraries.GSTREAMER.bind("gst_pad_get_task_state", JAVA_INT, JAVA_LONG);

    /** {@code GST_TASK_PAUSED} of gst/gsttask.h. */
    private static final int TASK_PAUSED = 2;

    /** {@code GST_EVENT_EOS} of gst/gstevent.h: number 110, downstream, serialized, sticky. */
    private static final int EVENT_EOS = 110 << 8 | 1 << 1 | 1 << 2 | 1 << 3;

    /** What the only pad of a source is called. */
    private static final long SOURCE_PAD = Memory.immortalString("src");

    private LibGstElement() {}

    /**
     * What {@code gst_element_get_state} says at once.
     *
     * @param result of the last change, one of {@code STATE_CHANGE_…}
     * @param state where it is
     * @param pending where it is going to, or 0
     */
    public record StateNow(int result, int state, int pending) {}

    /** May take as long as it likes: to {@code NULL} it waits for the streaming threads. */
    public static int gst_element_set_state(long element, int state) {
        try {
            return (int) SET_STATE.invokeExact(element, state);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Waits for nothing. */
    public static StateNow gst_element_get_state(long element) {
        try {
            long state = Scratch.cleared();
            long pending = state + Integer.BYTES;
            int result = (int) GET_STATE.invokeExact(element, state, pending, 0L);
            return new StateNow(result, Memory.getInt(state), Memory.getInt(pending));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the bus, with a reference of the caller's, or 0} */
    public static long gst_element_get_bus(long element) {
        try {
            return (long) GET_BUS.invokeExact(element);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Sends the event of the end. {@return whether anybody took it} */
    public static boolean sendEos(long element) {
        try {
            return (int) SEND_EVENT.invokeExact(element, (long) EVENT_NEW_EOS.invokeExact()) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether a source has passed the end on, or has no pad that would tell} */
    public static boolean hasPassedEos(long source) {
        try {
            long pad = (long) GET_STATIC_PAD.invokeExact(source, SOURCE_PAD);
            if (pad == 0) {
                return true;
            }
            long event = (long) GET_STICKY_EVENT.invokeExact(pad, EVENT_EOS, 0);
            LibGst.gst_object_unref(pad);
            if (event != 0) {
                LibGstMiniObject.gst_mini_object_unref(event);
            }
            return event != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether the thread of an element's only source pad sleeps until it is started again} */
    public static boolean isTaskPaused(long element) {
        try {
            long pad = (long) GET_STATIC_PAD.invokeExact(element, SOURCE_PAD);
            if (pad == 0) {
                return false;
            }
            int state = (int) GET_TASK_STATE.invokeExact(pad);
            LibGst.gst_object_unref(pad);
            return state == TASK_PAUSED;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
