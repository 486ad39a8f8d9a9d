package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.internal.ObjectUtil;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.freedesktop.gstreamer.gst.Buffer;
import org.freedesktop.gstreamer.gst.Sample;
import org.javagi.interop.MemoryCleaner;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.LibGstBuffer;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;
import org.nettyglib.gstreamer.ffi.LibGstSample;

/**
 * GStreamer's buffers as Netty's and the other way, without copying. From any thread.
 *
 * <p>{@link AppSinkSource} and {@link AppSrcHandler} do this by themselves; this class is for programs that have java-gi's objects in
 * hand, from a pad probe for example. java-gi itself spends some 10 µs on each such object.
 *
 * <p>A ByteBuf over a GstBuffer keeps that alive, and with it a place in its pool. Of a pool with few buffers, as cameras have, hold
 * none for long.
 */
public final class GstBuffers {
    private GstBuffers() {}

    /**
     * The bytes of a GstBuffer, where they are. They are unmapped and the GstBuffer is unreferenced when the ByteBuf is released,
     * on whichever thread. The ByteBuf is read-only unless the caller has the only reference to the GstBuffer and its memory can be
     * written to. A GstBuffer of several memories becomes a ByteBuf of several components.
     *
     * @param buffer goes on belonging to the caller
     * @return to be released
     * @throws IllegalStateException if the memory cannot be mapped, as that of some devices
     */
    public static ByteBuf toByteBuf(Buffer buffer) {
        ObjectUtil.checkNotNull(buffer, "buffer");
        try {
            long address = buffer.handle().address();
            return map(
                    address,
                    LibGstBuffer.isWritable(address)
                            ? LibGstBuffer.MAP_READ | LibGstBuffer.MAP_WRITE
                            : LibGstBuffer.MAP_READ);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /**
     * The buffer and the caps of a sample, where the bytes are; read-only.
     *
     * @param sample goes on belonging to the caller
     * @return to be released
     * @throws IllegalArgumentException if the sample has no buffer
     * @throws IllegalStateException if the memory cannot be mapped
     */
    public static MediaFrame toFrame(Sample sample) {
        ObjectUtil.checkNotNull(sample, "sample");
        try {
            long address = sample.handle().address();
            long buffer = LibGstSample.gst_sample_get_buffer(address);
            if (buffer == 0) {
                throw new IllegalArgumentException(
                        "the sample has no buffer: one with a buffer list has to be taken apart");
            }
            long caps = LibGstSample.gst_sample_get_caps(address);
            return frame(buffer, caps == 0 ? null : MediaCaps.of(caps));
        } finally {
            Reference.reachabilityFence(sample);
        }
    }

    /**
     * The readable bytes as a GstBuffer, where they are if they are direct; those of an array are copied. GStreamer may write to them if
     * nobody else has them, otherwise the memory is read-only and GStreamer copies what it wants to change.
     *
     * @param bytes are the buffer's from here on: released when GStreamer needs them no more, on whichever thread
     * @return without timestamps; freed when it is garbage, unless it was handed on
     */
    public static Buffer toBuffer(ByteBuf bytes) {
        return proxy(wrap(ObjectUtil.checkNotNull(bytes, "bytes")));
    }

    /**
     * The same with timestamps, duration and flags. The caps of a frame are not a buffer's to carry.
     *
     * @param frame is the buffer's from here on
     * @return freed when it is garbage, unless it was handed on
     */
    public static Buffer toBuffer(MediaFrame frame) {
        return proxy(wrap(ObjectUtil.checkNotNull(frame, "frame")));
    }

    private static Buffer proxy(long buffer) {
        Buffer proxy = new Buffer(MemorySegment.ofAddress(buffer));
        MemoryCleaner.takeOwnership(proxy);
        MemoryCleaner.setFreeFunc(proxy, "gst_buffer_unref");
        return proxy;
    }

    /** A GstBuffer that is the caller's; takes the reference to the bytes. */
    static long wrap(ByteBuf bytes) {
        GStreamer.ensureAvailability();
        long buffer = LibGstBuffer.gst_buffer_new();
        WrappedBytes.append(buffer, bytes);
        return buffer;
    }

    /** A GstBuffer that is the caller's; takes the reference to the frame. */
    static long wrap(MediaFrame frame) {
        long buffer = wrap(frame.content());
        LibGstBuffer.times(buffer, frame.pts(), frame.dts(), frame.duration());
        LibGstMiniObject.flags(buffer, LibGstMiniObject.flags(buffer) | frame.flags());
        return buffer;
    }

    /** A frame over a GstBuffer, to which it takes a reference; read-only. */
    static MediaFrame frame(long buffer, @Nullable MediaCaps caps) {
        return new MediaFrame(
                map(buffer),
                LibGstBuffer.pts(buffer),
                LibGstBuffer.dts(buffer),
                LibGstBuffer.duration(buffer),
                LibGstMiniObject.flags(buffer),
                caps);
    }

    /** The bytes of a GstBuffer, to which they take a reference; read-only. */
    static ByteBuf map(long buffer) {
        return map(buffer, LibGstBuffer.MAP_READ);
    }

    private static ByteBuf map(long buffer, int flags) {
        int memories = LibGstBuffer.gst_buffer_n_memory(buffer);
        if (memories == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        if (memories == 1) {
            return MappedMemory.map(buffer, 0, flags);
        }
        CompositeByteBuf all = new CompositeByteBuf(UnpooledByteBufAllocator.DEFAULT, true, memories);
        try {
            for (int i = 0; i < memories; i++) {
                all.addComponent(true, MappedMemory.map(buffer, i, flags));
            }
        } catch (Throwable t) {
            all.release();
            throw t;
        }
        return (flags & LibGstBuffer.MAP_WRITE) == 0 ? all.asReadOnly() : all;
    }
}
