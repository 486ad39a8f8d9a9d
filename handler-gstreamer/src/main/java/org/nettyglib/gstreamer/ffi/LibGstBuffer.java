package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * Buffers and the memory in them. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstbuffer.html">GstBuffer</a>
 */
public final class LibGstBuffer {
    /** {@code GST_MAP_READ} of {@code gst/gstmemory.h}. */
    public static final int MAP_READ = 1;

    /** {@code GST_MAP_WRITE}. */
    public static final int MAP_WRITE = 1 << 1;

    /** {@code GST_MEMORY_FLAG_READONLY}, which is {@code GST_MINI_OBJECT_FLAG_LOCK_READONLY}. */
    public static final int MEMORY_READONLY = 1 << 1;

    /** {@code sizeof(GstMapInfo)} of {@code gst/gstmemory.h}. */
    public static final int MAP_INFO_SIZE = 104;

    private static final MethodHandle NEW = GstLibraries.GSTREAMER.bind("gst_buffer_new", JAVA_LONG);
    private static final MethodHandle N_MEMORY =
            GstLibraries.GSTREAMER.bind("gst_buffer_n_memory", JAVA_INT, JAVA_LONG);
    private static final MethodHandle GET_MAX_MEMORY =
            GstLibraries.GSTREAMER.bind("gst_buffer_get_max_memory", JAVA_INT);
    private static final MethodHandle PEEK_MEMORY =
            GstLibraries.GSTREAMER.bind("gst_buffer_peek_memory", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle IS_WRITABLE =
            GstLibraries.GSTREAMER.bind("gst_mini_object_is_writable", JAVA_INT, JAVA_LONG);
    private static final MethodHandle APPEND_MEMORY =
            GstLibraries.GSTREAMER.bindVoid("gst_buffer_append_memory", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MAP_RANGE = GstLibraries.GSTREAMER.bind(
            "gst_buffer_map_range", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle UNMAP = GstLibraries.GSTREAMER.bindVoid("gst_buffer_unmap", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MEMORY_NEW_WRAPPED = GstLibraries.GSTREAMER.bind(
            "gst_memory_new_wrapped",
            JAVA_LONG,
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);

    // struct _GstBuffer { GstMiniObject mini_object; GstBufferPool *pool; GstClockTime pts, dts, duration; …; } of
    // gst/gstbuffer.h
    private static final long PTS = 72;
    private static final long DTS = 80;
    private static final long DURATION = 88;

    // struct GstMapInfo { GstMemory *memory; GstMapFlags flags; guint8 *data; gsize size; …; } of gst/gstmemory.h
    private static final long MAP_DATA = 16;
    private static final long MAP_SIZE = 24;

    private LibGstBuffer() {}

    public static long gst_buffer_new() {
        try {
            return (long) NEW.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int gst_buffer_n_memory(long buffer) {
        try {
            return (int) N_MEMORY.invokeExact(buffer);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return how many memories a buffer can have: with one more, GStreamer merges them by copying} */
    public static int gst_buffer_get_max_memory() {
        try {
            return (int) GET_MAX_MEMORY.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /**
     * {@return whether all of it can be mapped for writing without a copy: the caller has the only reference, and no memory is shared or
     * read-only}
     */
    public static boolean isWritable(long buffer) {
        try {
            boolean writable = (int) IS_WRITABLE.invokeExact(buffer) != 0;
            for (int i = gst_buffer_n_memory(buffer) - 1; i >= 0 && writable; i--) {
                long memory = gst_buffer_peek_memory(buffer, i);
                writable = (int) IS_WRITABLE.invokeExact(memory) != 0
                        && (LibGstMiniObject.flags(memory) & MEMORY_READONLY) == 0;
            }
            return writable;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@return a memory, which the buffer goes on owning} */
    public static long gst_buffer_peek_memory(long buffer, int index) {
        try {
            return (long) PEEK_MEMORY.invokeExact(buffer, index);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Takes the memory's reference. */
    public static void gst_buffer_append_memory(long buffer, long memory) {
        try {
            APPEND_MEMORY.invokeExact(buffer, memory);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** One memory alone is mapped where it is; more than one are merged by copying. */
    public static boolean gst_buffer_map_range(long buffer, int index, int length, long mapInfo, int flags) {
        try {
            return (int) MAP_RANGE.invokeExact(buffer, index, length, mapInfo, flags) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void gst_buffer_unmap(long buffer, long mapInfo) {
        try {
            UNMAP.invokeExact(buffer, mapInfo);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** @param notify called when the memory is not needed any more, on any thread */
    public static long gst_memory_new_wrapped(int flags, long data, long size, long userData, long notify) {
        try {
            return (long) MEMORY_NEW_WRAPPED.invokeExact(flags, data, size, 0L, size, userData, notify);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long mappedData(long mapInfo) {
        return Memory.getLong(mapInfo + MAP_DATA);
    }

    public static long mappedSize(long mapInfo) {
        return Memory.getLong(mapInfo + MAP_SIZE);
    }

    public static long pts(long buffer) {
        return Memory.getLong(buffer + PTS);
    }

    public static long dts(long buffer) {
        return Memory.getLong(buffer + DTS);
    }

    public static long duration(long buffer) {
        return Memory.getLong(buffer + DURATION);
    }

    /** Only the one who holds the sole reference may do this. */
    public static void times(long buffer, long pts, long dts, long duration) {
        Memory.putLong(buffer + PTS, pts);
        Memory.putLong(buffer + DTS, dts);
        Memory.putLong(buffer + DURATION, duration);
    }
}
