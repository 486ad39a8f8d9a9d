package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * The queue of messages of a pipeline. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstbus.html">GstBus</a>
 */
public final class LibGstBus {
    private static final MethodHandle GET_POLLFD =
            GstLibraries.GSTREAMER.bindVoid("gst_bus_get_pollfd", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POP = GstLibraries.GSTREAMER.bind("gst_bus_pop", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POST =
            GstLibraries.GSTREAMER.bind("gst_bus_post", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_FLUSHING =
            GstLibraries.GSTREAMER.bindVoid("gst_bus_set_flushing", JAVA_LONG, JAVA_INT);

    private LibGstBus() {}

    /** {@return the descriptor that is readable while there are messages} It is the bus's, and closed with it. */
    public static int gst_bus_get_pollfd(long bus) {
        try {
            // struct _GPollFD of glib/gpoll.h begins with its fd.
            long pollFd = Scratch.cleared();
            GET_POLLFD.invokeExact(bus, pollFd);
            return Memory.getInt(pollFd);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return the next message with a reference of the caller's, or 0} */
    public static long gst_bus_pop(long bus) {
        try {
            return (long) POP.invokeExact(bus);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return whether the bus takes messages} It takes the caller's reference in any case. */
    public static boolean gst_bus_post(long bus, long message) {
        try {
            return (int) POST.invokeExact(bus, message) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** A flushing bus has no messages and takes none. */
    public static void gst_bus_set_flushing(long bus, boolean flushing) {
        try {
            SET_FLUSHING.invokeExact(bus, flushing ? 1 : 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
