package org.nettyglib.gstreamer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.AppSrcCallbacks;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.LibGstAppSrc;
import org.nettyglib.gstreamer.ffi.LibGstElementMessage;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;

/**
 * An appsrc with a reference and its callbacks, until it is closed. From any thread: the lock keeps the reference while it is used.
 * Nothing of an appsrc waits long, as it does not block; what runs on its own threads does not take the lock.
 */
final class AppSrcElement implements AutoCloseable {
    /** The appsrcs that have one of these. Each is referenced by it, so that its address is no other's. */
    private static final Set<Long> OWNED = ConcurrentHashMap.newKeySet();

    private final String name;
    private long appsrc;
    private @Nullable MediaCaps caps;

    /**
     * @param appsrc with a reference, which becomes this one's in any case
     * @throws IllegalArgumentException if it is an element of another kind
     * @throws IllegalStateException if it has another one of these
     */
    AppSrcElement(long appsrc, AppSrcCallbacks.Target target) {
        this.appsrc = appsrc;
        name = LibGst.gst_object_get_name(appsrc);
        if (!LibGobject.g_type_check_instance_is_a(appsrc, LibGstAppSrc.gst_app_src_get_type())) {
            LibGobject.g_object_unref(appsrc);
            throw new IllegalArgumentException("the element " + name + " is no appsrc");
        }
        if (!OWNED.add(appsrc)) {
            LibGobject.g_object_unref(appsrc);
            throw new IllegalStateException(
                    "the appsrc " + name
                            + " has an AppSrcHandler already: it can be in several channels, one after the other, or be closed before");
        }
        set("block", "false");
        AppSrcCallbacks.set(appsrc, target);
    }

    String name() {
        return name;
    }

    /** Sets a property. Only at the beginning. */
    synchronized void set(String property, String value) {
        LibGstAppSrc.gst_util_set_object_arg(appsrc, property, value);
    }

    synchronized boolean isClosed() {
        return appsrc == 0;
    }

    /** Takes the reference to the buffer in any case. */
    synchronized GstFlow push(long buffer, @Nullable MediaCaps caps) {
        if (appsrc == 0) {
            LibGstMiniObject.gst_mini_object_unref(buffer);
            return GstFlow.FLUSHING;
        }
        if (caps != null) {
            caps(caps);
        }
        return GstFlow.of(LibGstAppSrc.gst_app_src_push_buffer(appsrc, buffer));
    }

    /** Of the buffers from now on. */
    synchronized void caps(MediaCaps caps) {
        MediaCaps before = this.caps;
        if (before == null || !caps.equals(before)) {
            this.caps = caps;
            long copy = caps.toNative();
            // There may be values in them that cannot be written.
            if (copy != 0) {
                LibGstAppSrc.gst_app_src_set_caps(appsrc, copy);
                LibGstMiniObject.gst_mini_object_unref(copy);
            }
        }
    }

    synchronized void endOfStream() {
        if (appsrc != 0) {
            LibGstAppSrc.gst_app_src_end_of_stream(appsrc);
        }
    }

    /** {@return how many bytes are in its queue} */
    synchronized long level() {
        return appsrc == 0 ? 0 : LibGstAppSrc.gst_app_src_get_current_level_bytes(appsrc);
    }

    /** Tells the pipeline's bus. Without the lock: a synchronous handler of the bus may do anything. */
    void report(boolean isError, String text, String debug) {
        long element = ref();
        if (element != 0) {
            LibGstElementMessage.gst_element_message_full(
                    element,
                    isError ? LibGstElementMessage.ERROR : LibGstElementMessage.WARNING,
                    LibGstElementMessage.gst_resource_error_quark(),
                    LibGstElementMessage.RESOURCE_ERROR_READ,
                    text,
                    debug);
            LibGobject.g_object_unref(element);
        }
    }

    /** {@return whether an error of the pipeline is what {@link #report} has said} */
    boolean isOwn(GstBusMessage.Error error) {
        return error.source().equals(name)
                && error.cause().code() == LibGstElementMessage.RESOURCE_ERROR_READ
                && error.cause().domain().equals(LibGstElementMessage.RESOURCE_ERROR);
    }

    private synchronized long ref() {
        return appsrc == 0 ? 0 : LibGobject.g_object_ref(appsrc);
    }

    @Override
    public void close() {
        long closed;
        synchronized (this) {
            closed = appsrc;
            appsrc = 0;
        }
        if (closed != 0) {
            AppSrcCallbacks.clear(closed);
            OWNED.remove(closed);
            LibGobject.g_object_unref(closed);
        }
    }
}
