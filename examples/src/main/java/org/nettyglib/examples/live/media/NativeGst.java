package org.nettyglib.examples.live.media;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * GStreamer's C functions for what happens once per frame or per message. They allocate nothing and keep no reference, which java-gi's
 * wrappers of them do.
 */
final class NativeGst {

    /** {@code GST_MAP_READ}, gstmemory.h. */
    private static final int MAP_READ = 1;

    /** {@code GstMapInfo}, gstmemory.h: memory, flags, data, size, maxsize, user_data[4], _gst_reserved[4]. */
    static final MemoryLayout MAP_INFO = MemoryLayout.structLayout(
            ADDRESS.withName("memory"),
            JAVA_INT.withName("flags"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("data"),
            JAVA_LONG.withName("size"),
            JAVA_LONG.withName("maxsize"),
            MemoryLayout.sequenceLayout(8, ADDRESS));

    private static final long MAP_DATA = MAP_INFO.byteOffset(MemoryLayout.PathElement.groupElement("data"));
    private static final long MAP_SIZE = MAP_INFO.byteOffset(MemoryLayout.PathElement.groupElement("size"));

    /** Where {@code type} and {@code src} stand in {@code GstMessage}, gstmessage.h, after the 64 bytes of its GstMiniObject. */
    private static final long MESSAGE_TYPE = 64;

    private static final long MESSAGE_SOURCE = 80;

    /** Where the content of a {@code GValue} stands, gvalue.h: after its type. */
    private static final long VALUE_DATA = 8;

    private static final SymbolLookup LIBRARIES = library("libgstapp-1.0.so.0")
            .or(library("libgstreamer-1.0.so.0"))
            .or(library("libgobject-2.0.so.0"))
            .or(library("libglib-2.0.so.0"));

    private static final MethodHandle SET_CALLBACKS =
            function("gst_app_sink_set_callbacks", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle TRY_PULL_SAMPLE =
            function("gst_app_sink_try_pull_sample", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle SAMPLE_GET_BUFFER =
            function("gst_sample_get_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final MethodHandle BUFFER_MAP =
            function("gst_buffer_map", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle BUFFER_UNMAP =
            function("gst_buffer_unmap", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    private static final MethodHandle MINI_OBJECT_UNREF =
            function("gst_mini_object_unref", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle MESSAGE_TYPE_GET_NAME =
            function("gst_message_type_get_name", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle OBJECT_GET_NAME =
            function("gst_object_get_name", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final MethodHandle FREE = function("g_free", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle OBJECT_UNREF = function("g_object_unref", FunctionDescriptor.ofVoid(ADDRESS));

    private NativeGst() {}

    /** Callbacks are copied by GStreamer; the data is handed to each of them. */
    static void setCallbacks(MemorySegment appSink, MemorySegment callbacks, MemorySegment data) {
        try {
            SET_CALLBACKS.invokeExact(appSink, callbacks, data, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The next sample that is already there, to be given to {@link #unref}, or NULL. */
    static MemorySegment tryPullSample(MemorySegment appSink) {
        try {
            return (MemorySegment) TRY_PULL_SAMPLE.invokeExact(appSink, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The buffer of the sample, which the sample goes on owning, or NULL. */
    static MemorySegment buffer(MemorySegment sample) {
        try {
            return (MemorySegment) SAMPLE_GET_BUFFER.invokeExact(sample);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static boolean map(MemorySegment buffer, MemorySegment mapInfo) {
        try {
            return (int) BUFFER_MAP.invokeExact(buffer, mapInfo, MAP_READ) != 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The bytes of a mapped buffer, to be read until {@link #unmap}. */
    @SuppressWarnings("restricted")
    static MemorySegment data(MemorySegment mapInfo) {
        return mapInfo.get(ADDRESS, MAP_DATA).reinterpret(mapInfo.get(JAVA_LONG, MAP_SIZE));
    }

    static void unmap(MemorySegment buffer, MemorySegment mapInfo) {
        try {
            BUFFER_UNMAP.invokeExact(buffer, mapInfo);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void unref(MemorySegment miniObject) {
        try {
            MINI_OBJECT_UNREF.invokeExact(miniObject);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void unrefObject(MemorySegment object) {
        try {
            OBJECT_UNREF.invokeExact(object);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int messageType(MemorySegment message) {
        return message.get(JAVA_INT, MESSAGE_TYPE);
    }

    /** The element that sent the message; it is alive as long as the message is. NULL for what the application posted. */
    static MemorySegment messageSource(MemorySegment message) {
        return message.get(ADDRESS, MESSAGE_SOURCE);
    }

    /** The object in a GValue, which goes on owning it. */
    static MemorySegment object(MemorySegment value) {
        return value.get(ADDRESS, VALUE_DATA);
    }

    static String messageTypeName(int type) {
        try {
            return text((MemorySegment) MESSAGE_TYPE_GET_NAME.invokeExact(type));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static String objectName(MemorySegment object) {
        if (object.equals(MemorySegment.NULL)) {
            return "application";
        }
        try {
            MemorySegment name = (MemorySegment) OBJECT_GET_NAME.invokeExact(object);
            try {
                return text(name);
            } finally {
                FREE.invokeExact(name);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment string) {
        return string.equals(MemorySegment.NULL)
                ? ""
                : string.reinterpret(Long.MAX_VALUE).getString(0);
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup library(String name) {
        return SymbolLookup.libraryLookup(name, Arena.global());
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(LIBRARIES.findOrThrow(name), descriptor);
    }

    private static AssertionError unexpected(Throwable e) {
        return new AssertionError("A call of GStreamer failed in Java", e);
    }
}
